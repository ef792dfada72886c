import { overrideProblems } from './private/reported-problems';
import { Rule } from './rule';

/** Reports overrides without effect: a renamed service or a removed volume must not drop one silently. */
export const overrideTarget: Rule = {
  id: 'override-target',
  severity: 'error',
  title: 'Overrides and patches change a generated object',
  fix: 'Name an object and a place that the generated files have.',
  waivable: false,
  facets: ['override'],
  judges: 'output',
  check: (context) => overrideProblems(context, 'override-target'),
};
