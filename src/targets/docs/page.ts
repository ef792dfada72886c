import { cell } from './escape/cell';
import { comment } from './escape/comment';
import { joined, Markdown, md } from './escape/markdown';
import { summary } from './escape/summary';
import { PageMessages } from './messages/messages';
import { groupBy } from '../../plan/group-by';
import { Plan } from '../../plan/plan';
import { provenanceSentence } from '../../plan/provenance';

/** More rows than this are folded away: the page stays something one can read through. */
const MOST_ROWS = 40;

/** More folded tables than this below each other are too many as well. */
const MOST_FOLDS = 40;

/** A block of a page; undefined ones are left out. */
export type Block = Markdown | undefined;

/** A whole file: blocks with an empty line between them. */
export function page(plan: Plan, title: Markdown, blocks: readonly Block[]): string {
  return `${joined([comment(provenanceSentence(plan)), md`# ${title}`, ...present(blocks)], '\n\n')}\n`;
}

/** A section with its heading; undefined when there is nothing in it. */
export function section(heading: Markdown, blocks: readonly Block[], level: 2 | 3 = 2): Block {
  const content = present(blocks);
  return content.length === 0
    ? undefined
    : joined([level === 2 ? md`## ${heading}` : md`### ${heading}`, ...content], '\n\n');
}

/** A table; undefined without rows. A long one is folded under a line that tells its length. */
export function table(
  messages: PageMessages,
  head: readonly Markdown[],
  rows: readonly (readonly Markdown[])[],
): Block {
  if (rows.length === 0) {
    return undefined;
  }
  const lines = plainTable(head, rows);
  return rows.length > MOST_ROWS ? folded(messages.rows(rows.length), lines) : lines;
}

/** A row, and the name of what it belongs to. */
export interface GroupedRow {
  readonly group: string;
  readonly cells: readonly Markdown[];
}

/** As `table`, but a long one is folded in parts, one for each group, in the order in which groups first appear. */
export function groupedTable(messages: PageMessages, head: readonly Markdown[], rows: readonly GroupedRow[]): Block {
  if (rows.length <= MOST_ROWS) {
    return table(messages, head, rows.map(({ cells }) => cells));
  }
  const groups = [...groupBy(rows, ({ group }) => group).values()];
  const folds = groups.length > MOST_FOLDS ? packed(groups, Math.max(MOST_ROWS, rows.length / MOST_FOLDS)) : groups;
  return joined(folds.map((list) => {
    const [first, last] = [list[0].group, list[list.length - 1].group];
    return folded(
      `${first === last ? first : `${first} … ${last}`}: ${messages.rows(list.length)}`,
      plainTable(
        head,
        list.map(({ cells }) => cells),
      ),
    );
  }), '\n\n');
}

/** Groups that stand beside each other put together, up to a length; longer ones stay alone. */
function packed(groups: readonly GroupedRow[][], most: number): GroupedRow[][] {
  const packs: GroupedRow[][] = [];
  for (const group of groups) {
    const last = packs[packs.length - 1];
    if (last !== undefined && last.length + group.length <= most) {
      last.push(...group);
    } else {
      packs.push([...group]);
    }
  }
  return packs;
}

function plainTable(head: readonly Markdown[], rows: readonly (readonly Markdown[])[]): Markdown {
  const line = (cells: readonly Markdown[]): Markdown =>
    `|${cells.map((one) => (one === '' ? ' ' : ` ${cell(one)} `)).join('|')}|` as Markdown;
  return joined([line(head), line(head.map(() => md`---`)), ...rows.map(line)], '\n');
}

/** A list; a long one is folded. */
export function bullets(messages: PageMessages, items: readonly Markdown[]): Block {
  if (items.length === 0) {
    return undefined;
  }
  const lines = joined(items.map((item) => md`- ${item}`), '\n');
  return items.length > MOST_ROWS ? folded(messages.entries(items.length), lines) : lines;
}

export function numbered(items: readonly Markdown[]): Block {
  return items.length === 0 ? undefined : joined(items.map((item, index) => md`${index + 1}. ${item}`), '\n');
}

/** Content under a line that opens it. */
export function folded(title: string, content: Markdown): Markdown {
  return joined([md`<details>`, md`<summary>${summary(title)}</summary>`, md``, content, md``, md`</details>`], '\n');
}

function present(blocks: readonly Block[]): Markdown[] {
  return blocks.filter((block) => block !== undefined);
}
