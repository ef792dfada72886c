import { printable } from './printable';

/** More lines than this nobody reads in a terminal. */
const MAX_LINES = 120;
const MAX_LINE_LENGTH = 400;
/** Texts that differ more than this are not worth the time. */
const MAX_EDITS = 4_000;
const CONTEXT = 3;

/**
 * What changes between two texts, for people: safe to print, and cut when it is long.
 *
 * @param path as shown in the head of the diff.
 * @param before undefined for a file that is not there.
 * @param after undefined for a file that goes.
 */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string {
  if (before !== undefined && before === after) { return 'The bytes differ, the text does not: it is not UTF-8.\n'; }
  if (before?.replaceAll('\r\n', '\n') === after) {
    return 'Only the line endings differ: the file has CRLF. Let git keep LF: "* text eol=lf" in .gitattributes.\n';
  }
  const lines = diffLines(before, after);
  if (lines === undefined) { return 'The texts have too little in common to be compared line by line.\n'; }
  const head = [
    `--- ${before === undefined ? '/dev/null' : printable(path)}`,
    `+++ ${after === undefined ? '/dev/null' : printable(path)}`,
  ];
  const shown = lines.slice(0, MAX_LINES).map(showLine);
  const rest = lines.length - shown.length;
  return [...head, ...shown, ...(rest > 0 ? [`... and ${rest} more lines`] : [])].join('\n') + '\n';
}

function diffLines(before: string | undefined, after: string | undefined): string[] | undefined {
  // loaded here: a tree without drift does not pay for it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { structuredPatch } = require('diff') as typeof import('diff');
  const patch = structuredPatch('', '', before ?? '', after ?? '', undefined, undefined, {
    context: CONTEXT,
    maxEditLength: MAX_EDITS,
  });
  return patch?.hunks.flatMap((hunk) => [
    `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    ...hunk.lines,
  ]);
}

function showLine(line: string): string {
  const cut =
    line.length > MAX_LINE_LENGTH
      ? `${line.slice(0, MAX_LINE_LENGTH)}... (${line.length - MAX_LINE_LENGTH} more characters)`
      : line;
  return printable(cut);
}
