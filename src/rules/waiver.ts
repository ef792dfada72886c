import { Rule } from './rule';
import { didYouMean } from '../util/nearest';

/** Whether a text is a day of the calendar, as `2026-12-31`; which day it is today plays no part. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

export const waiver: Rule = {
  id: 'waiver',
  severity: 'error',
  title: 'A waiver names a rule that can be waived, and gives a reason',
  fix: 'Name the id of a waivable rule and say why it does not hold here.',
  waivable: false,
  facets: ['waiver'],
  check: ({ plan, rules }) => plan.waivers.flatMap(({ path, rule: id, reason, until }) => {
    const rule = rules.find((one) => one.id === id);
    const suggestion = didYouMean(id, rules.map((one) => one.id));
    return [
      ...(rule === undefined ? [{ path, message: `There is no rule ${JSON.stringify(id)}.${suggestion}` }] : []),
      ...(rule !== undefined && !rule.waivable
        ? [
          {
            path,
            message: `The rule "${id}" cannot be waived: no target could carry the result safely.`,
            fix: rule.fix,
          },
        ]
        : []),
      ...(reason.trim().length < 10 ? [{ path, message: 'The waiver gives no reason.' }] : []),
      ...(until === undefined || isDay(until)
        ? []
        : [
          {
            path,
            message: `${JSON.stringify(until)} is no day of the calendar.`,
            fix: 'Write the last day as 2026-12-31.',
          },
        ]),
    ];
  }),
};
