import { TerminalText } from '../../../src/verify/redaction/terminal-text';

function plain(...parts: readonly string[]): string {
  const text = new TerminalText();
  return parts.map((part) => text.feed(part)).join('') + text.end();
}

describe('plain text of what is written for a terminal', () => {
  test.each([
    ['colours', 'a\u001b[1;31mb\u001b[0m', 'ab'],
    ['movements', 'a\u001b[2K\u001b[10;20Hb\u001b[?25l', 'ab'],
    ['a sequence with intermediate signs', 'a\u001b[1 qb', 'ab'],
    ['a sequence of one byte', 'a\u009b31mb', 'ab'],
    [
      'titles and links, however they end',
      'a\u001b]0;title\u0007b\u001b]8;;http://x\u001b\\c\u001bPx\u009cd\u001bXx\u001b\\e\u001b^x\u0007f\u001b_x\u0007g',
      'abcdefg',
    ],
    ['other escapes', 'a\u001b(Bb\u001bcd\u001b=e\u001b#8f', 'abdef'],
    ['what is not seen', 'a\u0000b\u0008c\u000bd\u007fe\u0085f\u00adg\u202eh\u{e0041}i\ufeff', 'abcdefghi'],
  ])('has no %s', (_, written, shown) => {
    expect(plain(written)).toBe(shown);
  });

  test('keeps tabs, line feeds and all that is seen', () => {
    expect(plain('a\tb\nc é 😀')).toBe('a\tb\nc é 😀');
    expect(plain('[31m 0m ]0;x')).toBe('[31m 0m ]0;x');
  });

  test('makes lines of the steps of a progress bar', () => {
    expect(plain('1%\r2%\r\n3%\r\r\n4%\r')).toBe('1%\n2%\n3%\n4%\n');
  });

  test('is the same however it is cut', () => {
    const written = 'a\u001b[31mb\r\nc\rd\u001b]0;title\u001b\\e\u001b(Bf\u009b0mg\u001bPx\u0007h\u001b[1 qi';
    const whole = plain(written);
    expect(whole).toBe('ab\nc\ndefghi');
    expect(plain(...written)).toBe(whole);
    for (let at = 1; at < written.length; at += 1) {
      expect(plain(written.slice(0, at), written.slice(at))).toBe(whole);
    }
  });

  test('waits for the rest of a sequence, and no longer than one can be', () => {
    const text = new TerminalText();
    expect([text.feed('a\u001b'), text.feed('[31'), text.feed('mb'), text.end()]).toEqual(['a', '', 'b', '']);
    const title = `\u001b]${'x'.repeat(4_094)}`;
    expect([text.feed(title), text.feed('\u0007b'), text.end()]).toEqual(['', 'b', '']);
    expect(text.feed(`${title}x`)).toBe('x'.repeat(4_095));
    expect(text.end()).toBe('');
  });

  test('ends with what never became a sequence', () => {
    expect(plain('a\u001b')).toBe('a');
    expect(plain('a\u001b[31')).toBe('a31');
    const text = new TerminalText();
    text.feed('a\r');
    expect([text.end(), text.end()]).toEqual(['\n', '']);
  });
});
