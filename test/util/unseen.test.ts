import { codePointName, escapeSequence, UNSEEN, UNSEEN_IN_LINE } from '../../src/util/unseen';

/**
 * What Unicode itself says of a character. Beyond U+FFFF, what is no character at all is shown as such by every font.
 */
const SAID =
  /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]/u;
const PRESENTATION = /[\ufe0e\ufe0f]/;

function codePoints(pattern: RegExp, from: number): string[] {
  const characters = Array.from({ length: 0x110000 - from }, (_, index) => String.fromCodePoint(from + index));
  return characters.filter((character) => pattern.test(character) && !PRESENTATION.test(character)).map(codePointName);
}

describe('what a reader does not see', () => {
  test('is what Unicode calls so, but for the signs that choose between a letter and a picture', () => {
    expect(codePoints(new RegExp(`[${UNSEEN_IN_LINE}]`, 'u'), 0)).toEqual(codePoints(SAID, 0));
    expect(codePoints(new RegExp(`[${UNSEEN}]`, 'u'), 0)).toEqual(codePoints(SAID, 0x20));
    expect(new RegExp(`[${UNSEEN_IN_LINE}]`, 'u').test('\ufe0e\ufe0f')).toBe(false);
  });

  test('has the name that Unicode gives it', () => {
    expect(['\u0000', '\u001b', '\u202e', '\ud800', '\u{e0041}'].map(codePointName)).toEqual([
      'U+0000',
      'U+001B',
      'U+202E',
      'U+D800',
      'U+E0041',
    ]);
  });

  test('has an escape that programs know', () => {
    expect(['\u0000', '\u009b', '\u0100', '\u202e', '\uffff', '\u{e0041}'].map(escapeSequence)).toEqual([
      '\\x00',
      '\\x9b',
      '\\u0100',
      '\\u202e',
      '\\uffff',
      '\\u{e0041}',
    ]);
  });
});
