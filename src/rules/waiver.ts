import { Rule } from './rule';
import { didYouMean } from '../util/nearest';

/** Returns whether a text is a valid date such as `2026-12-31`. Independent of the current date. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

export const waiver: Rule = {
  id: 'waiver',
  severity: 'error',
  title: 'Waivers name a waivable rule and a reason',
  fix: 'Use the id of a waivable rule and a reason of at least 10 characters.',
  waivable: false,
  facets: ['waiver'],
  check: ({ plan, rules }) => plan.waivers.flatMap(({ path, rule: id, reason, until, blocksApproval }) => {
    const rule = rules.find((one) => one.id === id);
    const suggestion = didYouMean(id, rules.map((one) => one.id));
    return [
      ...(rule === undefined ? [{ path, message: `There is no rule ${JSON.stringify(id)}.${suggestion}` }] : []),
      ...(rule !== undefined && !rule.waivable
        ? [
          {
            path,
            message: `The rule "${id}" cannot be waived: no target can render the result safely.`,
            fix: rule.fix,
          },
        ]
        : []),
      ...(rule?.waivable && rule.blocksApproval && !blocksApproval
        ? [
          {
            path,
            message: `A waiver of the rule "${id}" must block the approval.`,
            fix: 'Set blocksApproval: true.',
          },
        ]
        : []),
      ...(reason.trim().length < 10 ? [{ path, message: 'The waiver has no reason.' }] : []),
      ...(until === undefined || isDay(until)
        ? []
        : [
          {
            path,
            message: `${JSON.stringify(until)} is not a valid date.`,
            fix: 'Use the form 2026-12-31.',
          },
        ]),
    ];
  }),
};
