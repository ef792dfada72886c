import { missingOf, fixOf, problemOf } from './missing';
import { daysBetween } from '../../doctor';
import { Finding } from '../../model/finding';
import { CheckPlan, MissingPlan, Plan, WaiverPlan } from '../../plan/plan';
import { statusFinding } from '../../rules/reported/status';

/** A required level. */
export type Level = 'verified' | 'approved';

export interface Requirement {
  readonly level: Level;
  /** Maximum age of evidence in days. */
  readonly maxAge?: number;
  /** `2026-11-22` */
  readonly today: string;
}

/** Returns the unmet requirements. Besides `toolbox doctor`, only this depends on the current date. */
export function judgeRequirement(plan: Plan, { level, maxAge, today }: Requirement): Finding[] {
  const checks = plan.checks.filter(({ required }) => required);
  return [
    ...checks.filter(({ status }) => status.kind !== 'verified').map(unverified),
    ...checks.flatMap((check) => aged(check, today, maxAge)),
    ...plan.waivers.flatMap((waiver) => expired(waiver, today)),
    ...level === 'approved' ? gateFindings(plan, ['pin', 'waiver', 'approval']) : [],
  ];
}

/** Returns the unmet gate requirements of some kinds. */
export function gateFindings(plan: Plan, kinds: readonly MissingPlan['kind'][]): Finding[] {
  return missingOf(plan)
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ kind, subject, problem, fix }) =>
      statusFinding('gate-closed', `${kind === 'approval' ? 'The approval' : `The ${kind} ${subject}`}: ${problem}.`, {
        fix: `${fix}.`,
      }),
    );
}

/** Returns a finding for a required check that is not verified. */
export function unverified(check: CheckPlan): Finding {
  return statusFinding('status-unverified', `The check ${check.name}: ${problemOf(check)}.`, {
    path: check.path,
    fix: `${fixOf(check)}.`,
  });
}

function aged({ name, path, status }: CheckPlan, today: string, maxAge = Number.POSITIVE_INFINITY): Finding[] {
  if (status.kind !== 'verified') { return []; }
  const { at, location } = status.record;
  const age = daysBetween(at, today);
  const problem = (what: string) => [
    statusFinding('status-aged', `The check ${name} was verified ${what}.`, { path, location }),
  ];
  if (Number.isNaN(age)) { return problem(`on an invalid date: ${at}`); }
  // allows for time zones
  if (age < -1) { return problem(`in the future, on ${at}`); }
  return age > maxAge ? problem(`${age} days ago; the maximum is ${maxAge}`) : [];
}

function expired({ path, rule, until }: WaiverPlan, today: string): Finding[] {
  if (until === undefined) { return []; }
  const left = daysBetween(today, until);
  if (left >= 0) { return []; }
  return [
    statusFinding(
      'status-waiver',
      Number.isNaN(left)
        ? `The waiver of ${rule} has an invalid date: ${until}.`
        : `The waiver of ${rule} expired on ${until}.`,
      { path },
    ),
  ];
}
