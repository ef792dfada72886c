import { problemsOf } from './private/reported-problems';
import { Rule } from './rule';

export const constructValidation: Rule = {
  id: 'construct-validation',
  severity: 'error',
  title: 'Every construct passes its own validation',
  fix: 'Fix what the message says; the validation was added with "node.addValidation".',
  waivable: false,
  facets: ['identity'],
  check: ({ plan }) => problemsOf(plan, 'construct-validation'),
};
