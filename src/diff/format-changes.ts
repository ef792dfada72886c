import { Changes, Effect } from './change';
import { wordsOf, wordsOfUnread } from './wording';

export interface WordOptions {
  /** Colours for a terminal. */
  readonly color: boolean;
  /** Which effects are told; what could not be read always is. */
  readonly effects: readonly Effect[];
}

/** Maximum number of lines shown. */
const MOST_LINES = 120;

const MARKS: Readonly<Record<Effect, string>> = { widened: 'WIDENED', narrowed: 'narrowed', neutral: 'changed' };
const UNREAD = 'UNREAD';
const WIDTH = Math.max(...[...Object.values(MARKS), UNREAD].map((mark) => mark.length)) + 2;

const BOLD_RED = ['\u001b[1;31m', '\u001b[22;39m'];
const COLORS: Readonly<Record<Effect, readonly string[]>> = {
  widened: BOLD_RED,
  narrowed: ['\u001b[32m', '\u001b[39m'],
  neutral: ['\u001b[2m', '\u001b[22m'],
};

/**
 * Changes as lines for people: what could not be read and what is widened come first. Empty when there is nothing to
 * tell.
 */
export function formatChanges(outdir: string, { changes, unread }: Changes, { color, effects }: WordOptions): string {
  const mark = (text: string, [start, end]: readonly string[]) =>
    `${color ? `${start}${text}${end}` : text}${' '.repeat(WIDTH - text.length)}`;
  const sections = [
    unread.map((one) => `${mark(UNREAD, BOLD_RED)}${wordsOfUnread(outdir, one)}\n`),
    ...effects.map((effect) => {
      const lines = changes
        .filter((one) => one.effect === effect)
        .map((one) => `${mark(MARKS[effect], COLORS[effect])}${wordsOf(one)}\n`);
      return effect === 'widened' ? lines : shortened(lines, MARKS[effect]);
    }),
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => `${lines.join('')}\n`).join('');
}

/** What is widened is never cut. */
function shortened(lines: readonly string[], mark: string): readonly string[] {
  const rest = lines.length - MOST_LINES;
  return rest <= 0
    ? lines
    : [...lines.slice(0, MOST_LINES), `${mark.padEnd(WIDTH)}... and ${rest} more: --json lists all\n`];
}
