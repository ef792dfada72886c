import { escapeSequence, UNSEEN_IN_LINE } from '../../util/unseen';

/** The characters that a reader of records refuses. */
const EVERY_UNSEEN = new RegExp(`[${UNSEEN_IN_LINE}]`, 'gu');

/** One line in which everything can be seen: line feeds, tabs and what a terminal would obey are written as escapes. */
export function visibleLine(text: string): string {
  return text.replace(EVERY_UNSEEN, escaped);
}

/** The same with line feeds and tabs as they are, and with one kind of line end. */
export function visibleText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(EVERY_UNSEEN, (character) => (character === '\n' || character === '\t' ? character : escaped(character)));
}

/** The end of a text, of at most so many characters, from the beginning of a line if there is one. */
export function endOf(text: string, longest: number): string {
  const characters = [...text];
  if (characters.length <= longest) {
    return text;
  }
  const end = characters.slice(-longest).join('');
  const line = end.indexOf('\n') + 1;
  return line < end.length ? end.slice(line) : end;
}

/** Returns the beginning of a line, of at most so many characters; an ellipsis marks the cut. */
export function startOf(line: string, longest: number): string {
  const characters = [...line];
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('').trimEnd()}…`;
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(character: string): string {
  return SHORT[character] ?? escapeSequence(character);
}
