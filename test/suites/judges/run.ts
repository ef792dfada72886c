// Linters from outside judge the generated files and the sources. What they find fails, but for what
// inventories/linter-suppressions.yaml names with a reason; a suppression that nothing needs any more fails too.
//
// Usage: run.ts <folder with compose-spec.json and kubernetes-*.json> [LINTER...]
//
// install.sh beside it provides the programs. Exit code 0: nothing left; 1: findings; 2: a judge is missing or did not
// look.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JUDGES } from './all-judges';
import { CannotJudge } from './cannot-judge';
import { JudgeFinding, Verdict } from './judge';
import { matchSuppressions } from './match-suppressions';
import { Subjects } from './subjects';
import { printTable } from './table';
import { Tools } from './tools';
import { LinterSuppressions } from '../../../src/inventory/linter-suppressions';

const SUPPRESSIONS = 'inventories/linter-suppressions.yaml';

function main([data, ...linters]: readonly string[]): number {
  const judges = JUDGES.filter(({ linter }) => linters.length === 0 || linters.includes(linter));
  if (data === undefined || judges.length === 0) {
    console.error(`judges: run.ts DATA [${JUDGES.map(({ linter }) => linter).join('|')}...]`);
    return 2;
  }
  const { entries: suppressions, findings: wrong } = LinterSuppressions.fromFile(SUPPRESSIONS);
  wrong.forEach(({ message, location }) => console.error(`${SUPPRESSIONS}:${location?.line ?? 1}: ${message}`));
  const scratch = mkdtempSync(join(tmpdir(), 'judges-'));
  try {
    const subjects = new Subjects(scratch, process.cwd(), data);
    const tools = new Tools(scratch);
    const verdicts = judges.map(({ linter, judge }) => ({ linter, verdict: verdictOf(() => judge(subjects, tools)) }));
    const findings = verdicts.flatMap(({ linter, verdict }) =>
      verdict instanceof CannotJudge ? [] : found(linter, verdict),
    );
    const unjudged = verdicts.filter(({ verdict }) => verdict instanceof CannotJudge);
    const silent = [...JUDGES.filter((judge) => !judges.includes(judge)), ...unjudged].map(({ linter }) => linter);
    const asked = suppressions.filter(({ linter }) => !silent.includes(linter));
    const matched = matchSuppressions(findings, asked);
    matched.left.forEach(({ linter, check, where, message }) =>
      console.error(`${linter}: ${check} at ${where}: ${message}`),
    );
    matched.stale.forEach(({ linter, check, where, location }) =>
      console.error(
        `${SUPPRESSIONS}:${location.line}: Nothing is found by ${linter} for ${check} at ${where} any more: take the ` +
          'suppression out.',
      ),
    );
    printTable(verdicts, matched);
    return unjudged.length > 0 ? 2 : matched.left.length + matched.stale.length + wrong.length > 0 ? 1 : 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function verdictOf(judge: () => Verdict): Verdict | CannotJudge {
  try {
    const verdict = judge();
    return verdict.files > 0 ? verdict : new CannotJudge('There was nothing to judge.');
  } catch (error) {
    if (error instanceof CannotJudge) {
      return error;
    }
    throw error;
  }
}

function found(linter: string, { findings }: Verdict): JudgeFinding[] {
  return findings.map((finding) => ({ linter, ...finding }));
}

process.exitCode = main(process.argv.slice(2));
