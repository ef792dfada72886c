/**
 * Invisible characters, and characters that change how surrounding text reads, as the inside of a character class with
 * the flag `u`: controls from U+007F, line separators, bidirectional controls, zero-width characters, blank letters,
 * tags, variation selectors except U+FE0E and U+FE0F, surrogates and noncharacters. Controls below U+0020 are left out,
 * since multi-line text needs some of them. Listed literally, because Unicode classes change with the version of Node;
 * unescaped beyond U+FFFF, because the inventory schemas contain the list and other readers do not support `\u{}`.
 *
 * Source: Unicode 16, `Default_Ignorable_Code_Point`, `Bidi_Control`, `Cc`, `Zl`, `Zp`, `Noncharacter_Code_Point`.
 */
export const UNSEEN = [
  '\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f',
  '\\u2028-\\u202e\\u2060-\\u206f\\u3164',
  '\\ud800-\\udfff\\ufdd0-\\ufdef\\ufe00-\\ufe0d\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff',
  '\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}',
].join('');

/** The same with all control characters, for single-line text. */
export const UNSEEN_IN_LINE = `\\u0000-\\u001f${UNSEEN}`;

/** Returns the Unicode name of a character, `U+202E`. */
export function codePointName(character: string): string {
  return `U+${hex(character).toUpperCase().padStart(4, '0')}`;
}

/** Returns a character as a string escape, `\x1b`, `\u202e` or `\u{e0041}`. */
export function escapeSequence(character: string): string {
  const code = hex(character);
  if (code.length > 4) { return `\\u{${code}}`; }
  return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
}

function hex(character: string): string {
  return character.codePointAt(0)!.toString(16);
}
