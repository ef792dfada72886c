import { isBelow } from './private/scope';
import { Rule } from './rule';

export const waiverUnused: Rule = {
  id: 'waiver-unused',
  severity: 'warning',
  title: 'Waivers suppress at least one finding',
  fix: 'Remove the waiver: its finding is fixed.',
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
        message: `The rule "${rule}" has no findings below ${scope}.`,
      })),
};
