import { overrideProblems } from './private/reported-problems';
import { Rule } from './rule';

export const overrideKey: Rule = {
  id: 'override-key',
  severity: 'error',
  title: 'Overrides and patches use keys that the target knows',
  fix: 'Use a key of the reference of the target, or waive the rule if a newer version knows the key.',
  waivable: true,
  facets: ['override'],
  judges: 'output',
  check: (context) => overrideProblems(context, 'override-key'),
};
