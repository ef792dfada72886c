import { Change, Unread } from './change';
import { THERE } from './subject';
import { printable } from '../util/printable';

/** More of a value nobody reads in a list. */
const LONGEST = 160;

/** How much of what is alike is shown before the first difference. */
const LEAD = 40;

/** A change as one line, safe to print: `mcp-gateway  port 8811/tcp: inside -> loopback, 127.0.0.1:8811  (compose)`. */
export function wordsOf(change: Change): string {
  const what = [change.kind.replaceAll('-', ' '), change.item]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
  return printable(`${change.subject}  ${what}: ${difference(change)}  (${change.targets.join(', ')})`);
}

export function wordsOfUnread(outdir: string, { path, reason }: Unread): string {
  return printable(`${outdir}/${path}  could not be read, see the text diff: ${reason}`);
}

function difference({ before, after }: Change): string {
  if (before === undefined) { return added('added', after!); }
  if (after === undefined) { return added('removed', before); }
  if (before === after) { return 'changed, see the text diff'; }
  const start = Math.max(0, firstDifference(before, after) - LEAD);
  return `${cut(before, start)} -> ${cut(after, start)}`;
}

function added(verb: string, text: string): string {
  if (text === THERE) { return verb; }
  return text.startsWith(`${THERE} (`) ? `${verb} ${cut(text.slice(THERE.length + 1), 0)}` : `${verb}, ${cut(text, 0)}`;
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
