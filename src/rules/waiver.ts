import { Rule } from './rule';
import { nearest } from '../model/private/nearest';

/** What is wrong with waivers themselves, given the rules there are. A rule made of rules, so it is made last. */
export function waiverRule(rules: readonly Rule[]): Rule {
  const ids = rules.map(({ id }) => id);
  return {
    id: 'waiver',
    severity: 'error',
    title: 'A waiver names a rule that can be waived, and gives a reason',
    mend: 'Name the id of a waivable rule and say why it does not hold here.',
    waivable: false,
    check: ({ plan }) => plan.waivers.flatMap(({ path, rule: id, reason }) => {
      const rule = rules.find((one) => one.id === id);
      const similar = nearest(id, ids);
      return [
        ...(rule === undefined ? [{ path, message: `There is no rule ${JSON.stringify(id)}.${similar === undefined ? '' : ` Did you mean "${similar}"?`}` }] : []),
        ...(rule !== undefined && !rule.waivable ? [{ path, message: `The rule "${id}" cannot be waived: no target could carry the result safely.`, mend: rule.mend }] : []),
        ...(reason.trim().length < 10 ? [{ path, message: 'The waiver gives no reason.' }] : []),
      ];
    }),
  };
}
