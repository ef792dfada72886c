/**
 * What a reader does not see, or what changes how the text around it reads, as the inside of a character class of a
 * pattern with the flag `u`: controls, signs that part lines, turn the direction of text or have no width, letters
 * without ink, tags, variation selectors but for the two that choose between a sign and its picture, and what is no
 * character. The controls below U+0020 are left out, since text over several lines needs some of them. Listed, because
 * Unicode classes grow with the version of Node; beyond U+FFFF as they are, because the schemas of inventories hold the
 * list, and their other readers know no `\u{}`.
 *
 * Source: Unicode 16, `Default_Ignorable_Code_Point`, `Bidi_Control`, `Cc`, `Zl`, `Zp`, `Noncharacter_Code_Point`.
 */
export const UNSEEN = [
  '\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164',
  '\\ud800-\\udfff\\ufdd0-\\ufdef\\ufe00-\\ufe0d\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff',
  '\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}',
].join('');

/** The same with every control: nothing that belongs in one line of text. */
export const UNSEEN_IN_LINE = `\\u0000-\\u001f${UNSEEN}`;

/** Its name in Unicode's way, `U+202E`. */
export function codePointName(character: string): string {
  return `U+${hex(character).toUpperCase().padStart(4, '0')}`;
}

/** It as an escape of a string, `\x1b`, `\u202e` or `\u{e0041}`. */
export function escapeSequence(character: string): string {
  const code = hex(character);
  if (code.length > 4) { return `\\u{${code}}`; }
  return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
}

function hex(character: string): string {
  return character.codePointAt(0)!.toString(16);
}
