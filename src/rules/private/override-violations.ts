import { allRules } from '../all-rules';
import { MergedTarget, OverrideChain, Rule, Violation } from '../rule';

interface Found {
  readonly rule: Rule;
  readonly problem: string;
  /** The container that it is about; undefined for the documents as a whole. */
  readonly service?: string;
  /** Construct path of the container. */
  readonly path?: string;
}

/**
 * Finds what the overrides of a construct cause: what holds after the last of them and not before the first. Each is
 * reported for the last override that brings it about.
 */
export function overrideViolations({ changes, states }: OverrideChain): { rule: Rule; violation: Violation }[] {
  const found = states.map(violationsOf);
  const last = found[found.length - 1];
  return [...last].flatMap(([key, { rule, problem, service, path }]) => {
    // the last state without it comes before the change that brings it about
    const index = found.map((state) => state.has(key)).lastIndexOf(false);
    if (index < 0) { return []; }
    const { override, what } = changes[index];
    const whose = service === undefined || override.path === path ? '' : ` (service "${service}")`;
    const violation = {
      path: override.path,
      override,
      message: `The ${what}${whose} ${problem}.`,
      fix: rule.waivable ? rule.fix : `Remove the ${what}, or state it in the model.`,
    };
    return [{ rule, violation }];
  });
}

function violationsOf({ target, plan, facts }: MergedTarget): Map<string, Found> {
  const services = facts.services.map((one) => ({
    target,
    plan: plan.services.find(({ name }) => name === one.name),
    facts: one,
    outdir: plan.outdir,
  }));
  const all = allRules.flatMap((rule): Found[] => [
    ...services.flatMap((service) => (rule.checkMerged?.(service) ?? []).map(({ problem }) => (
      { rule, problem, service: service.facts.name, path: service.plan?.path }))),
    ...(rule.checkMergedTarget?.({ target, plan, facts }) ?? []).map(({ problem }) => ({ rule, problem })),
  ]);
  return new Map(all.map((one) => [JSON.stringify([one.rule.id, one.service, one.problem]), one]));
}
