import { cell } from './escape/cell';
import { comment } from './escape/comment';
import { joined, Markdown, md } from './escape/markdown';
import { summary } from './escape/summary';
import { Plan } from '../../plan/plan';
import { provenanceSentence } from '../../plan/provenance';

/** More rows than this are folded away: the page stays something one can read through. */
const MOST_ROWS = 40;

/** A block of a page; undefined ones are left out. */
export type Block = Markdown | undefined;

/** A whole file: blocks with an empty line between them. */
export function page(plan: Plan, title: Markdown, blocks: readonly Block[]): string {
  return `${joined([comment(provenanceSentence(plan)), md`# ${title}`, ...present(blocks)], '\n\n')}\n`;
}

/** A section with its heading; undefined when there is nothing in it. */
export function section(heading: Markdown, blocks: readonly Block[], level: 2 | 3 = 2): Block {
  const content = present(blocks);
  return content.length === 0 ? undefined : joined([level === 2 ? md`## ${heading}` : md`### ${heading}`, ...content], '\n\n');
}

/** A table; undefined without rows. A long one is folded under a line that tells its length. */
export function table(head: readonly Markdown[], rows: readonly (readonly Markdown[])[]): Block {
  if (rows.length === 0) {
    return undefined;
  }
  const line = (cells: readonly Markdown[]): Markdown => `|${cells.map((one) => (one === '' ? ' ' : ` ${cell(one)} `)).join('|')}|` as Markdown;
  const lines = joined([line(head), line(head.map(() => md`---`)), ...rows.map(line)], '\n');
  return rows.length > MOST_ROWS ? folded(`${rows.length} rows`, lines) : lines;
}

export function bullets(items: readonly Markdown[]): Block {
  return items.length === 0 ? undefined : joined(items.map((item) => md`- ${item}`), '\n');
}

export function numbered(items: readonly Markdown[]): Block {
  return items.length === 0 ? undefined : joined(items.map((item, index) => md`${index + 1}. ${item}`), '\n');
}

function folded(title: string, content: Markdown): Markdown {
  return joined([md`<details>`, md`<summary>${summary(title)}</summary>`, md``, content, md``, md`</details>`], '\n');
}

function present(blocks: readonly Block[]): Markdown[] {
  return blocks.filter((block) => block !== undefined);
}
