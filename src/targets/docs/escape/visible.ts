import { codePointName, UNSEEN_IN_LINE } from '../../../util/unseen';

const HIDDEN = new RegExp(`[${UNSEEN_IN_LINE}]`, 'gu');

/**
 * Text on one line with nothing hidden in it: white space becomes one space, and characters that a reader would not
 * see, or that change the order of others, become their names, `U+202E`.
 */
export function visible(text: string): string {
  return text
    .replace(/[\t\n\r ]+/g, ' ')
    .replace(/^ | $/g, '')
    .replace(HIDDEN, codePointName);
}

/** Text over several lines, for a fence: as above, with line feeds kept. */
export function visibleLines(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, '  ')
    .replace(HIDDEN, (character) => (character === '\n' ? character : codePointName(character)));
}
