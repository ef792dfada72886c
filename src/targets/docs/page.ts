import { joined, Markdown, md } from './escape/markdown';
import { cell, comment, summary } from './escape/text';
import { PageMessages } from './messages/messages';
import { groupBy } from '../../plan/collections';
import { Plan } from '../../plan/plan';
import { provenanceSentence } from '../../plan/provenance';
import { Origin, originAt } from '../origin';
import { ofToolbox } from '../service-origins';
import { TargetFile } from '../target-file';

/** More rows than this are folded away: the page stays something one can read through. */
const MOST_ROWS = 40;

/** More folded tables than this below each other are too many as well. */
const MOST_FOLDS = 40;

/** A line of a page. Without an origin it belongs to what is around it. */
interface Line {
  readonly text: Markdown;
  readonly origin?: () => Origin | undefined;
}

/** A block of a page; undefined ones are left out. */
export type Block = Markdown | readonly Line[] | undefined;

/** Returns the content of a page: blocks with an empty line between them. */
export function page(plan: Plan, title: Markdown, blocks: readonly Block[]): Omit<TargetFile, 'path'> {
  const lines = paragraphs([md`# ${title}`, ...blocks]);
  const ofPage = () => ofToolbox(plan);
  return {
    header: `${comment(provenanceSentence(plan))}\n\n`,
    parts: lines.map(({ text, origin = ofPage }) => ({
      kind: 'text',
      text: `${text}\n`,
      origin: () => (text === '' ? undefined : origin() ?? ofPage()),
    })),
  };
}

/**
 * Returns a section with its heading; undefined if there is nothing in it.
 *
 * @param origin of the lines that have none of their own.
 */
export function section(
  heading: Markdown,
  blocks: readonly Block[],
  level: 2 | 3 = 2,
  origin?: () => Origin,
): Block {
  const title = level === 2 ? md`## ${heading}` : md`### ${heading}`;
  return blocks.every((block) => block === undefined)
    ? undefined
    : paragraphs([title, ...blocks]).map((line) => ({ ...line, origin: () => line.origin?.() ?? origin?.() }));
}

/** Blocks with an empty line between them. */
function paragraphs(blocks: readonly Block[]): Line[] {
  return blocks
    .filter((block) => block !== undefined)
    .flatMap((block, index) => (index === 0 ? linesOf(block) : [{ text: md`` }, ...linesOf(block)]));
}

function linesOf(block: Exclude<Block, undefined>): readonly Line[] {
  return typeof block === 'string' ? block.split('\n').map((text) => ({ text: text as Markdown })) : block;
}

/** Returns a table; undefined without rows. A long one is folded under a line that states its length. */
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

/** A row, and the name of what it belongs to. The cells may have an origin. */
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
  return paragraphs(folds.map((list) => {
    const [first, last] = [list[0].group, list[list.length - 1].group];
    return folded(
      `${first === last ? first : `${first} … ${last}`}: ${messages.rows(list.length)}`,
      plainTable(
        head,
        list.map(({ cells }) => cells),
      ),
    );
  }));
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

function plainTable(head: readonly Markdown[], rows: readonly (readonly Markdown[])[]): Line[] {
  const line = (cells: readonly Markdown[]): Markdown =>
    `|${cells.map((one) => (one === '' ? ' ' : ` ${cell(one)} `)).join('|')}|` as Markdown;
  return [
    { text: line(head) },
    { text: line(head.map(() => md`---`)) },
    ...rows.map((cells) => ({ text: line(cells), origin: () => originAt(cells, []) })),
  ];
}

/** Returns a list; undefined without items. A long one is folded. Items may have origins. */
export function bullets(messages: PageMessages, items: readonly Markdown[]): Block {
  if (items.length === 0) {
    return undefined;
  }
  const lines = items.flatMap((item, index) =>
    linesOf(md`- ${item}`).map((line) => ({ ...line, origin: () => originAt(items, [index]) })),
  );
  return items.length > MOST_ROWS ? folded(messages.entries(items.length), lines) : lines;
}

export function numbered(items: readonly Markdown[]): Block {
  return items.length === 0 ? undefined : joined(items.map((item, index) => md`${index + 1}. ${item}`), '\n');
}

/** Content under a line that opens it. */
export function folded(title: string, content: Block): Block {
  return paragraphs([md`<details>\n<summary>${summary(title)}</summary>`, content, md`</details>`]);
}
