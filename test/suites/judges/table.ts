import { CannotJudge } from './cannot-judge';
import { JudgeFinding, Verdict } from './judge';
import { Matched } from './match-suppressions';

interface Row {
  readonly linter: string;
  readonly verdict: Verdict | CannotJudge;
}

/** One line for each judge, and what became of its findings. */
export function printTable(rows: readonly Row[], { excepted, left, stale }: Matched): void {
  const of = (linter: string, findings: readonly JudgeFinding[]): string =>
    String(findings.filter((one) => one.linter === linter).length);
  const lines = rows.map(({ linter, verdict }) =>
    verdict instanceof CannotJudge
      ? [linter, 'did not judge', '', '', '', '', verdict.message.split('\n')[0]]
      : [
        linter,
        verdict.version,
        String(verdict.files),
        String(verdict.findings.length),
        of(linter, excepted),
        of(linter, left),
        verdict.note ?? '',
      ],
  );
  const table = [['linter', 'version', 'files', 'findings', 'excepted', 'left', ''], ...lines];
  const widths = table[0].map((_, column) => Math.max(...table.map((line) => line[column].length)));
  table.forEach((line) =>
    console.log(
      line
        .map((cell, column) => cell.padEnd(column === line.length - 1 ? 0 : widths[column]))
        .join('  ')
        .trimEnd(),
    ),
  );
  console.log(
    `judges: ${rows.length} linters, ${left.length} findings without a suppression, ${stale.length} suppressions ` +
      'without a finding',
  );
}
