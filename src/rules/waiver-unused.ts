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
  // rules on the output run together with this one: whether they found something is not known yet
  check: ({ plan, findings, rules }) =>
    plan.waivers
      .filter((waiver) => rules.find(({ id }) => id === waiver.rule)?.judges !== 'output')
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
