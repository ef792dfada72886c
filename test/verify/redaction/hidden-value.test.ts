import { hideValue } from '../../../src/verify/redaction/hidden-value';
import { Redactor } from '../../../src/verify/redaction/redactor';

const HIDDEN = '[redacted T]';

function redact(value: string, text: string): string {
  return new Redactor(hideValue('T', value)).text(text);
}

/** Each way of writing a sign between two letters, which is one of a value. */
function hides(sign: string, ...ways: readonly string[]): void {
  const value = `ab${sign}cd`;
  expect(Object.fromEntries(ways.map((way) => [way, redact(value, `<ab${way}cd>`)]))).toEqual(
    Object.fromEntries(ways.map((way) => [way, `<${HIDDEN}>`])),
  );
}

describe('a sign of a secret is known', () => {
  test('in URLs, once or twice encoded, in either case', () => {
    hides('/', '%2f', '%2F', '%252f', '%252F', '/');
    hides('ü', '%c3%bc', '%C3%BC', '%25c3%25bc');
    hides(' ', '+', '%20');
    hides('\n', '%0a', '%0D%0A', '%0d%0a');
  });

  test('in strings of programs, escaped as often as they nest', () => {
    hides('ü', '\\u00fc', '\\u00FC', '\\\\u00fc', '\\xc3\\xbc');
    hides('\u000b', '\\u000b', '\\x0b', '\\x0B', '%0b');
    hides('😀', '\\ud83d\\ude00', '\\uD83D\\uDE00');
    hides('"', '\\"', '\\\\\\"');
    hides('\\', '\\', '\\\\', '\\\\\\\\', '\\'.repeat(8));
    hides('\t', '\\t', '\\\\t');
    hides('\n', '\\n', '\\\\n', '\\r\\n', '\n', '\n\t  ');
  });

  test('in HTML, by name and by number', () => {
    hides('&', '&amp;', '&#38;', '&#038;', '&#x26;', '&#x0026;');
    hides('<', '&lt;', '&#60;', '&#x3c;', '&#x3C;');
    hides('>', '&gt;');
    hides('"', '&quot;');
    hides("'", '&apos;', '&#39;');
  });

  test('for shells, YAML, Compose and formats', () => {
    hides("'", "''", "'\\''", "'\\\\''");
    hides('$', '$$', '\\$');
    hides('%', '%%', '%25');
  });

  test('as itself, whatever a pattern would make of it', () => {
    for (const sign of '\\^$.*+?()[]{}|/-') {
      hides(sign, sign);
      expect(redact(`ab${sign}cd`, 'abxcd ab cd abcd')).toBe('abxcd ab cd abcd');
    }
  });
});

describe('a secret in base 64 is known', () => {
  // Latin letters whose encoding has both signs that URLs cannot carry
  const VALUE = 'a>>>b???c~~~d';

  test('with each alphabet, escaped and in a URL', () => {
    for (const shift of ['', 'x', 'xx']) {
      const written = Buffer.from(`${shift}${VALUE}`).toString('base64');
      expect(written).toMatch(/[+/]/);
      const ways = [
        written,
        Buffer.from(`${shift}${VALUE}`).toString('base64url'),
        encodeURIComponent(written),
        written.replaceAll('/', '\\/'),
        written.replaceAll('+', '\\u002b'),
        written.replaceAll('+', '%2b').replaceAll('/', '%2f'),
        written.replace(/.{4}/g, '$&\n'),
      ];
      for (const way of ways) {
        expect(redact(VALUE, `<${way}>`)).toMatch(/^<[A-Za-z0-9]{0,3}\[redacted T\](?:%3D)*\n?>$/);
      }
    }
  });

  test('with what fills it up', () => {
    expect(redact('secret', `<${Buffer.from('secret').toString('base64')}>`)).toBe(`<${HIDDEN}>`);
    expect(redact('secret-', `<${Buffer.from('secret-').toString('base64')}>`)).toBe(`<${HIDDEN}>`);
  });

  test('from eight signs on: fewer would be found in what is no secret', () => {
    expect(redact('sixsix', `<${Buffer.from('sixsix').toString('base64')}>`)).toBe(`<${HIDDEN}>`);
    expect(redact('fives', `<${Buffer.from('fives').toString('base64')}>`)).toBe('<Zml2ZXM=>');
  });
});

describe('a secret in hexadecimal digits is known', () => {
  test('in either case, in groups, with zeros', () => {
    for (const way of ['0a6bff', '0A6BFF', '0a:6b:ff', '0a 6b ff'].map(
      (hex) => `${hex}${hex.includes(':') ? ':' : hex.includes(' ') ? ' ' : ''}41`,
    )) {
      const value = Buffer.from([0x0a, 0x6b, 0x7f, 0x41]).toString();
      expect(redact(value, `<${way.replace(/ff/i, '7f')}>`)).toBe(`<${HIDDEN}>`);
    }
  });

  test('from four bytes on', () => {
    expect(redact('abcd', '<61626364>')).toBe(`<${HIDDEN}>`);
    expect(redact('abc', '<616263>')).toBe('<616263>');
  });
});

test('a long secret is hidden in pieces, and no sign of it is left', () => {
  for (const length of [999, 1_000, 1_001, 2_001]) {
    const value = Array.from({ length }, (_, index) => 'abcdefghijklmnopqrstuvwxyz'[(index * index + index) % 26]).join(
      '',
    );
    const pieces = Math.ceil(length / 1_000);
    expect(hideValue('T', value)).toHaveLength(pieces);
    expect(redact(value, `<${value}>`)).toMatch(/^<(?:\[redacted T\])+>$/);
  }
});

test('the widest way of writing a secret fits into what is kept in memory', () => {
  const value = 'ü'.repeat(1_000);
  const [{ pattern, longest }] = hideValue('T', value);
  const written = '%25c3%25bc'.repeat(1_000);
  expect(new RegExp(pattern.source).exec(written)?.[0]).toHaveLength(written.length);
  expect(longest).toBeGreaterThanOrEqual(written.length);
});
