import { describe, expect, test } from 'vitest';
import { printable } from '../src/cli/output';
import { jsonEscaped, INVISIBLE } from '../src/invisible';
import { showName } from '../src/tools/show';

/**
 * What Unicode itself says of a character. Beyond U+FFFF, what is no character at all is shown as such by every font.
 */
const SAID =
  /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]/u;
/** They choose between a letter and a picture. */
const PRESENTATION = /[\ufe0e\ufe0f]/;

function codePoints(pattern: RegExp): number[] {
  const all = Array.from({ length: 0x110000 - 0x20 }, (_, index) => 0x20 + index);
  return all.filter((code) => {
    const text = String.fromCodePoint(code);
    return pattern.test(text) && !PRESENTATION.test(text);
  });
}

describe('what a reader does not see', () => {
  test('is what Unicode calls so, but for the signs that choose between a letter and a picture', () => {
    expect(codePoints(new RegExp(`[${INVISIBLE}]`, 'u'))).toEqual(codePoints(SAID));
    expect(new RegExp(`[${INVISIBLE}]`, 'u').test('\ufe0e\ufe0f')).toBe(false);
  });

  test('is escaped as JSON would', () => {
    expect(jsonEscaped('\u001b\u202e\u{e0041}')).toBe('\\u001b\\u202e\\udb40\\udc41');
  });

  test('is escaped in names that a tool lists, and in what the command line says', () => {
    for (const [hidden, escaped] of [
      ['\u00ad', '\\u00ad'],
      ['\u{e0041}', '\\udb40\\udc41'],
      ['\u3164', '\\u3164'],
      ['\u202e', '\\u202e'],
    ]) {
      expect([showName(`a${hidden}.txt`), printable(`a${hidden}\nb`)]).toEqual([`"a${escaped}.txt"`, `a${escaped}\nb`]);
    }
    expect([showName('\u2714\ufe0f é.txt'), printable('é\n')]).toEqual(['\u2714\ufe0f é.txt', 'é\n']);
  });
});
