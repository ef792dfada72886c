import { UsageError } from '../util/errors';

/**
 * Returns the line of a page that a text fits best: a heading, the first cell of a row, any cell, or any line. The
 * first line is 1.
 *
 * @throws UsageError if no line has the text, or several fit alike.
 */
export function lineOfText(lines: readonly string[], text: string, label: string): number {
  const wanted = plain(text).toLowerCase();
  const ranks: ((line: string) => boolean)[] = [
    (line) => line.startsWith('#') && plain(line).toLowerCase() === wanted,
    (line) => line.startsWith('|') && cellsOf(line)[0] === wanted,
    (line) => line.startsWith('|') && cellsOf(line).includes(wanted),
    (line) => !line.startsWith('<!--') && plain(line).toLowerCase().includes(wanted),
  ];
  const hits = ranks
    .map((fits) => lines.flatMap((line, index) => (fits(line) ? [index + 1] : [])))
    .find((some) => some.length > 0 && wanted !== '') ?? [];
  if (hits.length === 0) { throw new UsageError(`${label} does not say "${text}".`); }
  if (hits.length > 1) {
    throw new UsageError(`"${text}" is in the lines ${hits.slice(0, 12).join(', ')} of ${label}: give one of them.`);
  }
  return hits[0];
}

/** Returns the headings of the section and of the part that a line is in. */
export function headingsAbove(lines: readonly string[], line: number): string {
  const above = lines.slice(0, line);
  const section = lastIndex(above, '## ');
  const part = lastIndex(above, '### ');
  return [section, part]
    .filter((index) => index >= section && index >= 0)
    .map((index) => plain(above[index]))
    .join(' / ');
}

function lastIndex(lines: readonly string[], start: string): number {
  return lines.reduce((found, line, index) => (line.startsWith(start) ? index : found), -1);
}

function cellsOf(row: string): string[] {
  return row.split(/(?<!\\)\|/).slice(1, -1).map((cell) => plain(cell).toLowerCase());
}

/** The text that a reader of the page sees, near enough to find it again. */
function plain(text: string): string {
  return text
    .replace(/^#+\s+/, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/[`*]/g, '')
    .trim();
}
