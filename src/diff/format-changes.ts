import { Change, Changes, Effect, Unread } from './change';
import { PRESENT } from './subject';
import { printable } from '../util/printable';
import { Style, styled } from '../util/styled';

export interface FormatOptions {
  /** Whether to use colors. */
  readonly color: boolean;
  /** Which effects are listed. What could not be read always is. */
  readonly effects: readonly Effect[];
}

/** Lines of one effect that a terminal shows at most; widened ones are never cut. */
const MOST_LINES = 120;

const MARKS: Readonly<Record<Effect, string>> = { widened: 'WIDENED', narrowed: 'narrowed', neutral: 'changed' };
const UNREAD = 'UNREAD';
const WIDTH = Math.max(...[...Object.values(MARKS), UNREAD].map((mark) => mark.length)) + 2;

const STYLES: Readonly<Record<Effect, Style>> = { widened: ['bold', 'red'], narrowed: 'green', neutral: 'dim' };

/** Formats changes as lines, what could not be read and what is widened first. Empty when nothing changed. */
export function formatChanges(outdir: string, { changes, unread }: Changes, { color, effects }: FormatOptions): string {
  const mark = (text: string, style: Style) => styled(text, style, color) + ' '.repeat(WIDTH - text.length);
  const sections = [
    unread.map((one) => `${mark(UNREAD, ['bold', 'red'])}${formatUnread(outdir, one)}\n`),
    ...effects.map((effect) => {
      const lines = changes
        .filter((one) => one.effect === effect)
        .map((one) => `${mark(MARKS[effect], STYLES[effect])}${formatChange(one)}\n`);
      return effect === 'widened' ? lines : shortened(lines, MARKS[effect]);
    }),
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => `${lines.join('')}\n`).join('');
}

/** Widenings are never cut. */
function shortened(lines: readonly string[], mark: string): readonly string[] {
  const rest = lines.length - MOST_LINES;
  return rest <= 0
    ? lines
    : [...lines.slice(0, MOST_LINES), `${mark.padEnd(WIDTH)}... and ${rest} more: --json lists all\n`];
}

/** Characters of a value that are shown at most. */
const LONGEST = 160;

/** Characters that are shown before the first difference. */
const LEAD = 40;

/**
 * Formats a change as one line, safe to print: `mcp-gateway port 8811/tcp: inside -> loopback, 127.0.0.1:8811
 * (compose)`.
 */
export function formatChange(change: Change): string {
  return printable(`${change.subject}  ${statement(change)}  (${change.targets.join(', ')})`);
}

/** Formats a change of one target as one line: `mcp-gateway port 8811/tcp: inside -> loopback, 127.0.0.1:8811`. */
export function formatDifference(change: Omit<Change, 'targets'>): string {
  return printable(`${change.subject} ${statement(change)}`);
}

function statement(change: Omit<Change, 'targets'>): string {
  const what = [change.kind.replaceAll('-', ' '), change.item]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
  return `${what}: ${difference(change)}`;
}

export function formatUnread(outdir: string, { path, reason }: Unread): string {
  return printable(`${outdir}/${path}  could not be read, see the text diff: ${reason}`);
}

function difference({ before, after }: Omit<Change, 'targets'>): string {
  if (before === undefined) { return present('added', after!); }
  if (after === undefined) { return present('removed', before); }
  if (before === after) { return 'changed, see the text diff'; }
  const start = Math.max(0, firstDifference(before, after) - LEAD);
  return `${cut(before, start)} -> ${cut(after, start)}`;
}

function present(verb: string, text: string): string {
  if (text === PRESENT) { return verb; }
  return text.startsWith(`${PRESENT} (`)
    ? `${verb} ${cut(text.slice(PRESENT.length + 1), 0)}`
    : `${verb}, ${cut(text, 0)}`;
}

function cut(text: string, start: number): string {
  if (text.length <= LONGEST) { return text; }
  const from = start <= LEAD ? 0 : start;
  const end = from + LONGEST;
  return `${from > 0 ? '…' : ''}${text.slice(from, end)}${end < text.length ? '…' : ''}`;
}

function firstDifference(one: string, other: string): number {
  let index = 0;
  while (index < one.length && one[index] === other[index]) { index++; }
  return index;
}
