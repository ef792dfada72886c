import { overrideProblems } from './private/reported-problems';
import { Rule } from './rule';

export const overrideValue: Rule = {
  id: 'override-value',
  severity: 'error',
  title: 'Overrides give files that Compose and the API server accept',
  fix: 'Write a value that the target accepts.',
  waivable: false,
  facets: ['override'],
  judges: 'output',
  check: (context) => overrideProblems(context, 'override-value'),
};
