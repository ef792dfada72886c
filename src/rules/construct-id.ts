import { problemsOf } from './private/reported-problems';
import { Rule } from './rule';

export const constructId: Rule = {
  id: 'construct-id',
  severity: 'error',
  title: 'Every child of a construct has an id of its own',
  fix: 'Give it another id.',
  waivable: false,
  facets: ['identity'],
  check: ({ plan }) => problemsOf(plan, 'construct-id'),
};
