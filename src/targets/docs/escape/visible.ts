// eslint-disable-next-line no-control-regex
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\ud800-\udfff]/gu;

/**
 * Text on one line with nothing hidden in it: white space becomes one space, and characters that a reader would not see, or that change
 * the order of others, become their names, `U+202E`.
 */
export function visible(text: string): string {
  return text
    .replace(/[\t\n\r ]+/g, ' ')
    .replace(/^ | $/g, '')
    .replace(HIDDEN, (character) => nameOf(character));
}

/** Text over several lines, for a fence: as above, with line feeds kept. */
export function visibleLines(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, '  ')
    .replace(HIDDEN, (character) => (character === '\n' ? character : nameOf(character)));
}

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
