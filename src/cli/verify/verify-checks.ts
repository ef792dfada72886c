import { availableParallelism } from 'node:os';
import { exitCodeOf, formatResult, formatSummary } from './format-results';
import { progressOn } from './progress';
import { Failure } from '../../model/failure';
import { CheckPlan, Plan } from '../../plan/plan';
import { statusFinding } from '../../rules/reported/status';
import { Interrupted, UsageError } from '../../util/errors';
import { CheckResult } from '../../verify/check-result';
import { personHere } from '../../verify/person';
import { judgeWords, RecordPlace } from '../../verify/record-evidence';
import { redactorFor } from '../../verify/redactor-for';
import { rereadPlan } from '../../verify/reread-plan';
import { generatedDrift } from '../../verify/stale-output';
import { untilSignal } from '../../verify/until-signal';
import { Verification, VerificationOptions } from '../../verify/verification';
import { Arguments } from '../arguments';
import { printJson, Session } from '../session';
import { ExitCode, Terminal } from '../terminal';

/** Default maximum of concurrent checks. */
const MOST_JOBS = 4;
const JOBS_AT_MOST = 64;

/** A model that was run, with the checks to verify. */
export interface Subject {
  readonly session: Session;
  readonly plan: Plan;
  readonly place: RecordPlace;
  readonly checks: readonly CheckPlan[];
  /** Whether the checks were named on the command line. */
  readonly named: boolean;
}

/**
 * Runs checks, and records and prints their results.
 *
 * @throws Interrupted after a signal. Finished checks are recorded.
 */
export async function verifyChecks(subject: Subject, args: Arguments, terminal: Terminal): Promise<ExitCode | Failure> {
  const { session, plan, place } = subject;
  const jobs = readJobs(args.jobs);
  const words = wordsOf(args, place.root);
  const redactor = redactorFor(place.root, plan);
  if (redactor instanceof Failure) { return redactor; }
  const drift = () => generatedDrift(session.project, session.document!);
  const drifted = drift();
  if (drifted !== undefined) {
    return new Failure(
      statusFinding('verify-drift', `Generated files differ from the model: ${drifted}.`),
    );
  }
  const reread = () => rereadPlan(place.root, args.timeout as string | undefined);
  return runAll(
    subject,
    args,
    terminal,
    (report) => new Verification({ plan, place, redactor, ...words, jobs, reread, drift, ...report }),
  );
}

async function runAll(
  { session, place, checks, named }: Subject, args: Arguments, terminal: Terminal,
  verification: (report: Pick<VerificationOptions, 'abort' | 'progress' | 'onResult'>) => Verification,
): Promise<ExitCode> {
  const results: CheckResult[] = [];
  const print = (result: CheckResult) => {
    results.push(result);
    if (!args.json && !(args.quiet && result.outcome === 'passed')) {
      terminal.out(formatResult(result, terminal.outColor));
    }
  };
  const progress = progressOn(terminal, args.quiet === true);
  const signal = await untilSignal(
    (abort) => verification({ abort, progress, onResult: (result) => progress.print(() => print(result)) }).run(checks),
    () =>
      progress.print(() =>
        terminal.err('Stopping. Finished checks are recorded. Press Ctrl-C again to stop at once.\n')),
  );
  progress.close();
  if (args.json) {
    printJson({ findings: session.findings, results }, terminal);
  } else if (!args.quiet) {
    terminal.out(formatSummary(results, place.directory));
  }
  if (signal !== undefined) { throw new Interrupted(signal); }
  return exitCodeOf(results, named);
}

/** Reads --by and --note. Reports values that cannot be recorded before any check runs. */
function wordsOf({ by, note }: Arguments, root: string): { readonly by: string; readonly note?: string } {
  const words = { by: (by as string | undefined) ?? personHere(root), note: note as string | undefined };
  const [problem] = judgeWords(words);
  if (problem !== undefined) { throw new UsageError(`--by or --note cannot be recorded: ${problem.message}`); }
  return words;
}

function readJobs(text: string | boolean | undefined): number {
  if (text === undefined) { return Math.min(MOST_JOBS, availableParallelism()); }
  const jobs = Number(text);
  if (Number.isInteger(jobs) && jobs >= 1 && jobs <= JOBS_AT_MOST) { return jobs; }
  throw new UsageError(`--jobs must be an integer from 1 to ${JOBS_AT_MOST}, not "${text}".`);
}
