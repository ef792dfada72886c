import fc from 'fast-check';
import { hideValue } from '../../../src/verify/redaction/hidden-value';
import { Redactor } from '../../../src/verify/redaction/redactor';
import { TOKEN_SHAPES } from '../../../src/verify/redaction/token-shapes';

const CANARY = 'c4nary/+ "s$e\'c&r%et"\\ü';

function redact(text: string, value = CANARY): string {
  return new Redactor(hideValue('TOKEN', value)).text(text);
}

describe('a known value is taken out', () => {
  test.each([
    ['as it is', CANARY],
    ['in JSON', JSON.stringify(CANARY)],
    ['in JSON within JSON', JSON.stringify(JSON.stringify(CANARY))],
    ['in ASCII JSON', JSON.stringify(CANARY).replace('ü', '\\u00fc').replace('&', '\\u0026')],
    ['in a URL', encodeURIComponent(CANARY)],
    ['in a form', new URLSearchParams({ a: CANARY }).toString().slice(2)],
    ['in a URL within a URL', encodeURIComponent(encodeURIComponent(CANARY))],
    ['for a shell', `'${CANARY.replaceAll("'", "'\\''")}'`],
    ['for Compose', CANARY.replaceAll('$', '$$$$')],
    ['in HTML', CANARY.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')],
    ['in YAML', `'${CANARY.replaceAll("'", "''")}'`],
    ['in hexadecimal digits', Buffer.from(CANARY).toString('hex')],
    ['in groups of upper-case ones', Buffer.from(CANARY).toString('hex').toUpperCase().replace(/..(?!$)/g, '$&:')],
  ])('%s', (_, written) => {
    const shown = redact(`before ${written} after`);
    expect(shown).toMatch(/^before ["'\\]*\[redacted TOKEN\]["'\\]* after$/);
  });

  test.each(['', 'u', 'us', 'user:', 'user:p'])('in base 64, behind "%s"', (before) => {
    const long = `${CANARY}${'x'.repeat(80)}`;
    for (const encoding of ['base64', 'base64url'] as const) {
      const written = Buffer.from(`${before}${CANARY}tail`).toString(encoding);
      const shown = redact(written);
      expect(shown).toContain('[redacted TOKEN]');
      // no four digits in a row are left of the value itself
      const own = Buffer.from(CANARY).toString(encoding).slice(4, -4);
      for (let at = 0; at + 4 <= own.length; at += 1) { expect(shown).not.toContain(own.slice(at, at + 4)); }
    }
    const wrapped = Buffer.from(`${before}${long}`).toString('base64').replace(/.{76}/g, '$&\n');
    expect(redact(wrapped, long).replace('[redacted TOKEN]', '').trim().length).toBeLessThan(12);
  });

  test('when it has several lines, whatever stands before each of them', () => {
    const value = 'first line of it\nsecond line of it';
    expect(redact(`a ${value} b`, value)).toBe('a [redacted TOKEN] b');
    expect(redact(JSON.stringify(value), value)).toBe('"[redacted TOKEN]"');
    expect(redact('first line of it\n    second line of it', value)).toBe('[redacted TOKEN]');
  });

  test('when it is very long', () => {
    const value = Array.from({ length: 5_000 }, (_, index) => String.fromCharCode(97 + (index * 7) % 26)).join('');
    expect(redact(`a ${value} b`, value)).toMatch(/^a (?:\[redacted TOKEN\])+ b$/);
  });
});

const shapes = new Redactor(TOKEN_SHAPES);

test.each([
  'ghp_0123456789abcdefghijABCDEFGHIJ012345',
  'github_pat_11AAAAAAA0abcdefghijkl_mnopqrstuvwxyz',
  'AKIAIOSFODNN7EXAMPLE',
  'sk-proj-abcdefghijklmnop0123456789',
  'xoxb-1234567890-abcdefghij',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
  'glpat-abcdefghijklmnopqrst',
])('what looks like a token is taken out: %s', (token) => {
  expect(shapes.text(`got ${token}.`)).toMatch(/^got \[redacted [A-Za-z ]+\]\.?$/);
});

test.each([
  ['Authorization: Bearer abcdefgh12345678', /^Authorization: \[redacted authorization\]$/],
  ['"authorization": "Basic dXNlcjpwYXNz"', /^"authorization": "\[redacted authorization\]"$/],
  ['curl -H bearer abcdefgh12345678', /^curl -H bearer \[redacted bearer token\]$/],
  ['password=hunter2 next', /^password=\[redacted password\] next$/],
  ['{"db_password":"hunter2, or so","x":1}', /^\{"db_password":\[redacted password\],"x":1\}$/],
  ['{\\"api_key\\": \\"hunter2\\"}', /^\{\\"api_key\\": \[redacted password\]/],
  ['MCP_TOKEN=hunter2', /^MCP_TOKEN=\[redacted password\]$/],
  ['login --password hunter2 --user me', /^login --password \[redacted option\] --user me$/],
  ['postgres://me:hunter2@db/x', /^postgres:\/\/\[redacted credentials\]@db\/x$/],
  ['https://hunter2@git.example/x', /^https:\/\/\[redacted credentials\]@git\.example\/x$/],
])('what stands where a secret is due is taken out: %s', (text, shown) => {
  expect(shapes.text(text)).toMatch(shown);
  expect(shapes.text(text)).not.toContain('hunter2');
});

test('a private key is taken out, also when something stands before each line, and when its end is cut off', () => {
  const lines = [
    '-----BEGIN RSA PRIVATE KEY-----',
    ...Array.from({ length: 20 }, (_, index) => `${index}MIIEowIBAAKCAQEA`.padEnd(64, 'Qx9')),
    '-----END RSA PRIVATE KEY-----',
  ];
  const prefixed = lines.map((line) => `gateway-1  | ${line}`);
  expect(shapes.text(`${lines.join('\n')}\nnext`)).toBe('[redacted private key]\nnext');
  expect(shapes.text(`${prefixed.join('\n')}\nnext`)).toBe('gateway-1  | [redacted private key]\nnext');
  expect(shapes.text(prefixed.slice(0, -1).join('\n'))).not.toMatch(/MIIE|Qx9/);
});

test('what says nothing secret is left as it is', () => {
  const text =
    'secrets: 2 keys; max_tokens=4096 TOKEN_FILE=/run/x sha256:0123 tokens used, task-skills-and-more, http://host:80/a@b\n';
  expect(shapes.text(text)).toBe(text);
});

test('however an output is cut, the same is shown', () => {
  const redactions = [
    ...hideValue('A', 'abcab'),
    ...hideValue('B', 'bcabx'),
    ...hideValue('C', 'longer value with spaces'),
    ...TOKEN_SHAPES,
  ];
  const redactor = new Redactor(redactions);
  const piece = fc.oneof(
    fc.constantFrom(
      'abcab',
      'bcabx',
      'abcabcabx',
      'longer value with ',
      'spaces',
      'password=',
      'x',
      '\n',
      '😀',
      'eyJhbGciOi.eyJzdWIi.abc',
    ),
    fc.constant('y'.repeat(40_000)),
    fc.string(),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 5, maxLength: 20 }),
      fc.array(fc.nat(400_000), { maxLength: 8 }),
      (pieces, cuts) => {
        const text = pieces.join('');
        const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
        const stream = redactor.stream();
        const shown =
          places
            .slice(1)
            .map((place, index) => stream.feed(text.slice(places[index], place)))
            .join('') + stream.end();
        expect(shown).toBe(redactor.text(text));
        expect(shown.replaceAll('[redacted', '')).not.toMatch(/abcab|bcabx|longer value with spaces/);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

test('a secret that is cut at any place of a long output is found', () => {
  const redactor = new Redactor(hideValue('TOKEN', CANARY));
  const size = 100_000;
  for (let cut = 1; cut < CANARY.length; cut += 3) {
    const stream = redactor.stream();
    const before = '.'.repeat(size);
    const shown =
      [before, CANARY.slice(0, cut), CANARY.slice(cut), before].map((part) => stream.feed(part)).join('') +
      stream.end();
    expect(shown).toBe(`${before}[redacted TOKEN]${before}`);
  }
});
