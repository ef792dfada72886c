// C0 and C1 controls, DEL, line and paragraph separators, and what turns the writing direction or shows nothing
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\ud800-\udfff]/u;
const EVERY_UNPRINTABLE = new RegExp(UNPRINTABLE.source, 'gu');

/** Whether a text holds a character that a terminal would obey or hide. */
export function isUnprintable(text: string): boolean {
  return UNPRINTABLE.test(text);
}

/** The text with every character that a terminal would obey or hide written as an escape. */
export function printable(text: string): string {
  return text.replace(EVERY_UNPRINTABLE, (character) => {
    const code = character.codePointAt(0)!.toString(16);
    if (code.length > 4) return `\\u{${code}}`;
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
  });
}
