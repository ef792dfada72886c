/**
 * Characters that are invisible or change how the text around them reads, as the inside of a character class of a
 * pattern with the flag `u`. The controls below U+0020 are left out: text over several lines needs some of them.
 *
 * Source: Unicode 16, `Default_Ignorable_Code_Point`, `Bidi_Control`, `Cc`, `Zl`, `Zp`, `Noncharacter_Code_Point`.
 */
export const INVISIBLE = [
  '\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f',
  '\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164',
  '\\ud800-\\udfff\\ufdd0-\\ufdef\\ufe00-\\ufe0d\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff',
  '\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}',
].join('');

/** Escapes each unit of a text as JSON does: `\u202e`. */
export function jsonEscaped(text: string): string {
  return text.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}
