import { today } from '../../doctor';
import { Failure } from '../../model/failure';
import { Finding } from '../../model/finding';
import { hasErrors } from '../../model/rule-facts';
import { Plan } from '../../plan/plan';
import { UsageError } from '../../util/usage-error';
import { judgeRequirement, Level, Requirement } from '../../verify/status/requirements';
import { statusFacts } from '../../verify/status/status-facts';
import { Arguments } from '../arguments';
import { Command } from '../command';
import { ExitCode } from '../exit-code';
import { planOf } from '../plan-of';
import { APP_OPTIONS, openSession, printFindings, printJson, reportFailure } from '../session';
import { formatStatus, summaryLine } from '../status/format-status';

const DESCRIPTION = `Shows how far the toolbox is proven and approved, as the status page does: one line of
summary, each check with its status, what is missing for productive files and how to
fix it, and the approval with what changed since.

verified   the check passed, and what it covers has not changed since
failed     it did not pass
stale      what it covers has changed since it was verified
to verify  nobody has verified it

With --require it ends with exit code 1 unless every required check is verified (or,
with "approved", nothing at all is missing) and no waiver is past its last day. The day
plays a part here and in "toolbox doctor" only, never in synth.`;

const LEVELS: readonly string[] = ['verified', 'approved'] satisfies Level[];

/** `toolbox status` */
export const status: Command = {
  description: DESCRIPTION,
  options: {
    ...APP_OPTIONS,
    'require': { type: 'string', help: 'Fail unless this LEVEL is reached: verified or approved' },
    'max-age': { type: 'string', help: 'With --require: no proof may be older than so many DAYS' },
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
    return hasErrors(findings) ? ExitCode.FINDINGS : ExitCode.FINE;
  },
};

/** Warnings about the model are for synth and check to tell. */
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
    if (age !== undefined) { throw new UsageError('--max-age goes with --require: otherwise nothing is judged.'); }
    return undefined;
  }
  if (!LEVELS.includes(String(level))) {
    throw new UsageError(`--require takes verified or approved, not "${level}".`);
  }
  const maxAge = age === undefined ? undefined : Number(age);
  if (maxAge !== undefined && !(maxAge >= 0)) {
    throw new UsageError(`--max-age takes a number of days, not "${age}".`);
  }
  return { level: level as Level, maxAge, today: today() };
}
