import { isBelow } from './private/scope';
import { Rule } from './rule';

export const waiverUnused: Rule = {
  id: 'waiver-unused',
  severity: 'warning',
  title: 'A waiver lets something through',
  fix: 'Take the waiver away: what it was for is fixed.',
  waivable: false,
  facets: ['waiver'],
  judges: 'output',
  check: ({ plan, findings }) =>
    plan.waivers
      .filter(
        (waiver) =>
          !findings.some(
            (finding) =>
              finding.waived !== undefined && finding.rule === waiver.rule && isBelow(finding.path ?? '', waiver.scope),
          ),
      )
      .map(({ path, rule, scope }) => ({
        path,
        message: `Nothing below ${scope} breaks the rule "${rule}" any more.`,
      })),
};
