import { Failure } from '../../model/failure';
import { hasErrors } from '../../model/rule-facts';
import { CheckPlan, Plan } from '../../plan/plan';
import { statusFinding } from '../../rules/reported/status';
import { didYouMean } from '../../util/nearest';
import { UsageError } from '../../util/usage-error';
import { RecordPlace } from '../../verify/record-evidence';
import { Arguments } from '../arguments';
import { Command } from '../command';
import { ExitCode } from '../exit-code';
import { planOf } from '../plan-of';
import { APP_OPTIONS, openSession, printFindings, printJson, reportFailure, Session } from '../session';
import { Terminal } from '../terminal';
import { recordByHand } from '../verify/record-by-hand';
import { verifyChecks } from '../verify/verify-checks';

const DESCRIPTION = `Runs the model's checks, or those that are named, and writes down what each showed:
outcome, exit code, digest and last lines of the output, versions of what judged, who,
when, and the fingerprint of what it covers. The record holds until that changes.

A check runs in the project's folder, without input, and passes with exit code 0 and
its expected text in the output. Checks run side by side, those that must be alone at
the end. Each is recorded as soon as it has ended and the model is seen to say the same
as before; Ctrl-C keeps what was recorded. A check whose needs are not met on this
machine is "not run", which is neither recorded nor passed; so is one that ends with exit
code 75, by which a command says that it could not do its work here. One that fails while
something it needs went away, or that calls a missing program, is "not recorded": what an
earlier run showed stays.

Before the output is shown, digested or recorded, values of env files (from 4
characters) and of variables with the name of a secret (from 8) are taken out of it,
in every usual encoding, with what looks like a token and the folders of this machine.

--record CHECK runs nothing and writes down what a person saw; the record says so.

Exit code 1 when a check failed, could not be recorded, or was named and not run.`;

const MOST_CHECKS = 1_000;
const OUTCOMES = ['passed', 'failed'];

/** `toolbox verify` */
export const verify: Command = {
  description: DESCRIPTION,
  options: {
    ...APP_OPTIONS,
    jobs: { type: 'string', help: 'Run at most NUMBER checks at once (one for each processor, up to 4)' },
    by: { type: 'string', help: 'NAME of who verifies (git\'s user.name, else that of the account)' },
    note: { type: 'string', help: 'TEXT that a reader of the records should know' },
    record: { type: 'string', help: 'Write down that CHECK was seen by a person; needs --note' },
    outcome: { type: 'string', help: 'With --record: OUTCOME, passed or failed (passed)' },
  },
  operands: { usage: '[CHECK…]', least: 0, most: MOST_CHECKS },
  async run(args, terminal, operands) {
    judgeArguments(args, operands);
    // what checks run on is compared with the model, so the files are needed as well
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
      statusFinding('records-place', 'The model names no folder for the records of its checks.', { path: plan.name }),
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
    if (outcome !== undefined) { throw new UsageError('--outcome goes with --record: otherwise the run tells.'); }
    return;
  }
  if (operands.length > 0) {
    throw new UsageError(`--record takes one check and runs none: what is "${operands[0]}" for?`);
  }
  if (jobs !== undefined) { throw new UsageError('--jobs does not go with --record: nothing is run.'); }
  if (note === undefined) { throw new UsageError('--record needs --note TEXT: what was seen, and how.'); }
  if (outcome !== undefined && !OUTCOMES.includes(String(outcome))) {
    throw new UsageError(`--outcome takes passed or failed, not "${outcome}".`);
  }
}

function chosen({ checks }: Plan, names: readonly string[]): readonly CheckPlan[] {
  const known = checks.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `the model has no check "${unknown}".${didYouMean(unknown, known)} It has: ${known.join(', ') || 'none'}.`,
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
  return hasErrors(session.findings) ? ExitCode.FINDINGS : ExitCode.FINE;
}
