import { lazy } from './lazy';
import { printable } from './printable';

const diff = lazy(() => require('diff') as typeof import('diff'));

/** Maximum number of lines shown. */
const MAX_LINES = 120;
const MAX_LINE_LENGTH = 400;
/** Maximum edit distance: beyond it, the comparison is too slow. */
const MAX_EDITS = 4_000;
const CONTEXT = 3;

/**
 * Returns a unified diff that is safe to print. Long diffs are truncated.
 *
 * @param path as shown in the header of the diff.
 * @param before undefined for a new file.
 * @param after undefined for a removed file.
 */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string {
  if (before !== undefined && before === after) {
    return 'The bytes differ but the text does not: the file is not UTF-8.\n';
  }
  if (before?.replaceAll('\r\n', '\n') === after) {
    return 'Only the line endings differ (CRLF). Add "* text eol=lf" to .gitattributes.\n';
  }
  const lines = diffLines(before, after);
  if (lines === undefined) { return 'The texts differ too much for a line-by-line diff.\n'; }
  const head = [
    `--- ${before === undefined ? '/dev/null' : printable(path)}`,
    `+++ ${after === undefined ? '/dev/null' : printable(path)}`,
  ];
  const shown = lines.slice(0, MAX_LINES).map(showLine);
  const rest = lines.length - shown.length;
  return [...head, ...shown, ...(rest > 0 ? [`... and ${rest} more lines`] : [])].join('\n') + '\n';
}

function diffLines(before: string | undefined, after: string | undefined): string[] | undefined {
  const patch = diff().structuredPatch('', '', before ?? '', after ?? '', undefined, undefined, {
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
