import { today } from '../../doctor';
import { Failure } from '../../model/failure';
import { Finding } from '../../model/finding';
import { hasErrors } from '../../model/rule-facts';
import { Plan } from '../../plan/plan';
import { UsageError } from '../../util/errors';
import { judgeRequirement, Level, Requirement } from '../../verify/status/requirements';
import { statusFacts } from '../../verify/status/status-facts';
import { Arguments } from '../arguments';
import { Command } from '../command';
import { planOf } from '../plan-of';
import { APP_OPTIONS, openSession, printFindings, printJson, reportFailure } from '../session';
import { formatStatus, summaryLine } from '../status/format-status';
import { ExitCode } from '../terminal';

const DESCRIPTION = `Shows the status as on the status page: a summary line, each check with its status, what
is missing for productive files with the fix, and the approval with the changes since.

verified   the check passed, and what it covers has not changed since
failed     the check did not pass
stale      what it covers has changed since it was verified
to verify  there is no record

With --require, exit code 1 unless every required check is verified (with "approved":
unless nothing is missing) and no waiver has expired. Only this command and "toolbox doctor"
depend on the current date; synth never does.`;

const LEVELS: readonly string[] = ['verified', 'approved'] satisfies Level[];

/** `toolbox status` */
export const status: Command = {
  description: DESCRIPTION,
  options: {
    ...APP_OPTIONS,
    'require': { type: 'string', help: 'Fail below this LEVEL: verified or approved' },
    'max-age': { type: 'string', help: 'With --require: maximum age of evidence in DAYS' },
  },
  async run(args, terminal) {
    const requirement = readRequirement(args);
    const session = await openSession(args, terminal, { request: 'plan' });
    if (session instanceof Failure) { return reportFailure(session, args, terminal); }
    const plan = planOf(session);
    if (plan instanceof Failure) { return reportFailure(plan, args, terminal); }
    const lacks = requirement === undefined ? [] : judgeRequirement(plan, requirement);
    const findings = [...session.findings, ...lacks];
    if (args.json) { printJson({ findings, ...statusFacts(plan) }, terminal); } else {
      terminal.out(text(plan, findings, args, terminal.outColor));
      printFindings(findings.filter(isShown), args, terminal);
    }
    return hasErrors(findings) ? ExitCode.FINDINGS : ExitCode.SUCCESS;
  },
};

/** Returns whether a finding is shown. Warnings about the model are left to synth and check. */
function isShown(finding: Finding): boolean {
  return hasErrors([finding]);
}

function text(plan: Plan, findings: readonly Finding[], args: Arguments, color: boolean): string {
  if (!args.quiet) { return formatStatus(plan, color); }
  return hasErrors(findings) || plan.gate.missing.length > 0 ? `${summaryLine(plan)}\n` : '';
}

function readRequirement(args: Arguments): Requirement | undefined {
  const level = args.require;
  const age = args['max-age'];
  if (level === undefined) {
    if (age !== undefined) { throw new UsageError('--max-age requires --require.'); }
    return undefined;
  }
  if (!LEVELS.includes(String(level))) {
    throw new UsageError(`--require must be verified or approved, not "${level}".`);
  }
  const maxAge = age === undefined ? undefined : Number(age);
  if (maxAge !== undefined && !(maxAge >= 0)) {
    throw new UsageError(`--max-age must be a number of days, not "${age}".`);
  }
  return { level: level as Level, maxAge, today: today() };
}
