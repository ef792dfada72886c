import { Failure } from '../../model/failure';
import { hasErrors } from '../../model/rule-facts';
import { CheckPlan, Plan } from '../../plan/plan';
import { statusFinding } from '../../rules/reported/status';
import { UsageError } from '../../util/errors';
import { didYouMean } from '../../util/nearest';
import { RecordPlace } from '../../verify/record-evidence';
import { Arguments } from '../arguments';
import { Command } from '../command';
import { planOf } from '../plan-of';
import { APP_OPTIONS, openSession, printFindings, printJson, reportFailure, Session } from '../session';
import { ExitCode, Terminal } from '../terminal';
import { recordByHand } from '../verify/record-by-hand';
import { verifyChecks } from '../verify/verify-checks';

const DESCRIPTION = `Runs all checks of the model, or the named ones, and records each: outcome, exit code,
digest and last lines of the output, tool versions, person, time, and the fingerprint of
what the check covers. A record is valid until that fingerprint changes.

A check runs in the project folder, without input. It passes with exit code 0 and its
expected text in the output. Checks run concurrently, exclusive ones last. Each result is
recorded as soon as the check ends, if the model is unchanged; Ctrl-C keeps recorded results.
A check is "not run" if a prerequisite is missing on this machine, or if it exits with code
75 (EX_TEMPFAIL). It is "not recorded" if a prerequisite disappears while it runs, or if it
calls a missing program; the earlier record stays.

Output is redacted before it is shown, digested or recorded: values of env files (4
characters or more), values of variables with secret-like names (8 or more), in all common
encodings, token-like strings, and folders of this machine.

--record CHECK runs nothing and records a manual check, marked as manual.

Exit code 1 if a check failed, was not recorded, or was named but not run.`;

const MOST_CHECKS = 1_000;
const OUTCOMES = ['passed', 'failed'];

/** `toolbox verify` */
export const verify: Command = {
  description: DESCRIPTION,
  options: {
    ...APP_OPTIONS,
    jobs: { type: 'string', help: 'Run at most NUMBER checks at once (default: one per processor, up to 4)' },
    by: { type: 'string', help: 'NAME of the verifier (default: user.name of git, otherwise the account name)' },
    note: { type: 'string', help: 'TEXT to add to the records' },
    record: { type: 'string', help: 'Record CHECK as done manually; requires --note' },
    outcome: { type: 'string', help: 'With --record: OUTCOME, passed or failed (default: passed)' },
  },
  operands: { usage: '[CHECK…]', least: 0, most: MOST_CHECKS },
  async run(args, terminal, operands) {
    judgeArguments(args, operands);
    // files are compared with the model first, so they are requested as well
    const session = await openSession(args, terminal, { request: args.record === undefined ? 'files' : 'plan' });
    if (session instanceof Failure) { return reportFailure(session, args, terminal); }
    const plan = planOf(session);
    if (plan instanceof Failure) { return reportFailure(plan, args, terminal); }
    if (!session.usable) { return refuse(session, args, terminal); }
    const result = await run(session, plan, args, terminal, operands);
    return result instanceof Failure ? reportFailure(result, args, terminal) : result;
  },
};

async function run(
  session: Session,
  plan: Plan,
  args: Arguments,
  terminal: Terminal,
  operands: readonly string[],
): Promise<ExitCode | Failure> {
  const checks = chosen(plan, args.record === undefined ? operands : [args.record as string]);
  const directory = plan.records?.evidenceDirectory;
  if (directory === undefined) {
    return new Failure(
      statusFinding('records-place', 'The model has no evidence folder.', { path: plan.name }),
    );
  }
  const place: RecordPlace = { root: session.project.root, directory };
  if (args.record !== undefined) {
    return recordByHand(checks[0], plan, place, args, terminal);
  }
  return verifyChecks({ session, plan, place, checks, named: operands.length > 0 }, args, terminal);
}

function judgeArguments({ record, outcome, note, jobs }: Arguments, operands: readonly string[]): void {
  if (record === undefined) {
    if (outcome !== undefined) { throw new UsageError('--outcome requires --record.'); }
    return;
  }
  if (operands.length > 0) {
    throw new UsageError(`--record takes one check; "${operands[0]}" is one too many.`);
  }
  if (jobs !== undefined) { throw new UsageError('--jobs cannot be used with --record.'); }
  if (note === undefined) { throw new UsageError('--record requires --note TEXT: what was checked, and how.'); }
  if (outcome !== undefined && !OUTCOMES.includes(String(outcome))) {
    throw new UsageError(`--outcome must be passed or failed, not "${outcome}".`);
  }
}

function chosen({ checks }: Plan, names: readonly string[]): readonly CheckPlan[] {
  const known = checks.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `unknown check "${unknown}".${didYouMean(unknown, known)} Checks of the model: ${known.join(', ') || 'none'}.`,
    );
  }
  return names.length === 0 ? checks : checks.filter(({ name }) => names.includes(name));
}

function refuse(session: Session, args: Arguments, terminal: Terminal): ExitCode {
  if (args.json) {
    printJson({ findings: session.findings, results: [] }, terminal);
  } else {
    printFindings(session.findings, args, terminal);
  }
  return hasErrors(session.findings) ? ExitCode.FINDINGS : ExitCode.SUCCESS;
}
