import { allRules } from './all-rules';
import { overrideViolations } from './private/override-violations';
import { ownRules } from './private/reported-problems';
import { isBelow } from './private/scope';
import { OverrideChain, Rule, RuleContext, Violation } from './rule';
import { Finding, Severity, SourceLocation } from '../model/finding';
import { compareText } from '../plan/collections';
import { Plan, WaiverPlan } from '../plan/plan';
import { OverrideReference } from '../plan/target-output';

type SourceOf = (path: string, override?: OverrideReference) => SourceLocation | undefined;

/** Findings, fidelity entries and files that exist before these rules run. */
type Before = Pick<RuleContext, 'findings' | 'fidelity' | 'files' | 'overrideProblems'>;

const NOTHING: Before = { findings: [], fidelity: [], files: [], overrideProblems: [] };

/** Checks a plan against rules. Returns all findings in a stable order. */
export function judge(
  plan: Plan,
  rules: readonly Rule[],
  sourceOf: SourceOf,
  before: Partial<Before> = {},
): Finding[] {
  const context: RuleContext = {
    ...NOTHING,
    ...before,
    plan,
    rules: [...allRules, ...ownRules(plan)],
    services: firstByName(plan.services),
    hostServices: firstByName(plan.hostServices),
    root: process.cwd(),
  };
  const findings = rules.flatMap((rule) =>
    rule.check(context).map((violation) => toFinding(rule, violation, plan.waivers, sourceOf)),
  );
  return findings.sort((a, b) => compareText(sortKey(a), sortKey(b)));
}

/** Checks documents as they are written, so that overrides and patches cannot get around a rule. */
export function judgeMerged(plan: Plan, chains: readonly OverrideChain[], sourceOf: SourceOf): Finding[] {
  const findings = chains.flatMap((chain) => overrideViolations(chain).map(({ rule, violation }) => (
    toFinding(rule, violation, plan.waivers, sourceOf))));
  return findings.sort((a, b) => compareText(sortKey(a), sortKey(b)));
}

function toFinding(rule: Rule, violation: Violation, waivers: readonly WaiverPlan[], sourceOf: SourceOf): Finding {
  const waiver = rule.waivable
    ? waivers.find((one) => one.rule === rule.id && isBelow(violation.path, one.scope))
    : undefined;
  return {
    rule: rule.id,
    severity: rule.severity === 'error' ? Severity.ERROR : Severity.WARNING,
    path: violation.path,
    location: violation.location ?? sourceOf(violation.path, violation.override),
    message: violation.message,
    fix: violation.fix ?? rule.fix,
    waived: waiver?.reason,
  };
}

function firstByName<T extends { readonly name: string }>(items: readonly T[]): Map<string, T> {
  return new Map([...items].reverse().map((one) => [one.name, one]));
}

function sortKey({ path, rule, message }: Finding): string {
  return [path, rule, message].join('\t');
}
