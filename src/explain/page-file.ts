import { UsageError } from '../util/usage-error';

/** A line of a page, with what stands above it. */
export interface PagePlace {
  /** First line is 1. */
  readonly line: number;
  /** What it says, without the marks of Markdown. */
  readonly text: string;
  /** Texts in code spans, in their order. */
  readonly names: readonly string[];
  /** The heading of the section it is in, and of the part of the section; empty when there is none. */
  readonly section: string;
  readonly part: string;
}

/** A Markdown page, to be asked what is where. */
export class PageFile {
  private readonly lines: readonly string[];

  constructor(private readonly label: string, text: string) {
    this.lines = text.replace(/\n$/, '').split('\n');
  }

  /** @throws UsageError for a line that is not there, or says nothing. */
  public atLine(line: number): PagePlace {
    const said = this.lines[line - 1];
    if (said === undefined) {
      throw new UsageError(`${this.label} has ${this.lines.length} lines, and no line ${line}.`);
    }
    if (said.trim() === '') { throw new UsageError(`Line ${line} of ${this.label} is empty.`); }
    if (said.startsWith('<!--')) {
      throw new UsageError(`Line ${line} of ${this.label} is a comment: no construct is behind it.`);
    }
    const above = this.lines.slice(0, line);
    return {
      line,
      text: plain(said),
      names: [...said.matchAll(/(`+)(.+?)\1(?!`)/g)].map(([, , name]) => name.trim()),
      section: headingOf(above, 2),
      part: headingOf(above.slice(lastHeading(above, 2) + 1), 3),
    };
  }

  /**
   * The line that a text means best: a heading, the beginning of a row, a cell, or any line that has it.
   *
   * @throws UsageError when no line has it, or several do alike.
   */
  public atText(text: string): PagePlace {
    const wanted = plain(text).toLowerCase();
    const ranks: ((line: string) => boolean)[] = [
      (line) => line.startsWith('#') && plain(line).toLowerCase() === wanted,
      (line) => line.startsWith('|') && cellsOf(line)[0] === wanted,
      (line) => line.startsWith('|') && cellsOf(line).includes(wanted),
      (line) => !line.startsWith('<!--') && plain(line).toLowerCase().includes(wanted),
    ];
    const hits =
      ranks
        .map((fits) => this.lines.flatMap((line, index) => (fits(line) ? [index + 1] : [])))
        .find((some) => some.length > 0 && wanted !== '') ?? [];
    if (hits.length === 0) { throw new UsageError(`${this.label} does not say "${text}".`); }
    if (hits.length > 1) {
      throw new UsageError(
        `"${text}" is in the lines ${hits.slice(0, 12).join(', ')} of ${this.label}: give one of them.`,
      );
    }
    return this.atLine(hits[0]);
  }
}

function cellsOf(row: string): string[] {
  return row.split(/(?<!\\)\|/).slice(1, -1).map((cell) => plain(cell).toLowerCase());
}

function headingOf(lines: readonly string[], level: number): string {
  return plain(lines[lastHeading(lines, level)] ?? '');
}

function lastHeading(lines: readonly string[], level: number): number {
  return lines.reduce((found, line, index) => (line.startsWith(`${'#'.repeat(level)} `) ? index : found), -1);
}

/** What a reader sees, near enough to find it again. */
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
