import { Plan } from '../../plan/plan';
import { Facet } from '../../plan/target-output';
import { Rule, RuleContext, Violation } from '../rule';

/** Returns the problems that constructs and rules of the model's own report under a rule. */
export function problemsOf({ problems }: Pick<Plan, 'problems'>, id: string): Violation[] {
  return problems.filter(({ rule }) => rule === id).map(({ path, message, fix }) => ({ path, message, fix }));
}

/** Returns the problems of overrides that the rendered documents show, for a rule. */
export function overrideProblems({ overrideProblems: all }: RuleContext, id: string): Violation[] {
  return all.filter(({ rule }) => rule === id).map(({ override, message, fix }) => (
    { path: override.path, override, message, fix }));
}

/** Returns the rules of the model's own, which were checked when the model was resolved. */
export function ownRules({ rules }: Pick<Plan, 'rules'>): Rule[] {
  return rules.map((rule): Rule => ({
    ...rule,
    facets: rule.facets as Facet[],
    check: ({ plan }) => problemsOf(plan, rule.id),
  }));
}

/** Returns the problems that ready-made services find in their own settings and report under a rule. */
export function settingProblems({ services }: Pick<Plan, 'services'>, id: string): Violation[] {
  return services.flatMap(({ path, settingProblems: problems = [] }) =>
    problems
      .filter(({ rule = 'service-setting' }) => rule === id)
      .map(({ message, fix }): Violation => ({ path, message, fix })),
  );
}

/**
 * Returns whether no pins could be read. Findings that follow from that are suppressed.
 */
export function pinsAreUnread({ plan, findings }: Pick<RuleContext, 'plan' | 'findings'>): boolean {
  return plan.pins.length === 0 && findings.some(({ rule }) => rule.startsWith('inventory-'));
}
