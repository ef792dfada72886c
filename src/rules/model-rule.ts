import { problemsOf } from './private/reported-problems';
import { Rule } from './rule';

const ID = /^[a-z][a-z0-9-]{0,62}$/;

export const modelRule: Rule = {
  id: 'model-rule',
  severity: 'error',
  title: 'Rules of the model have an id of their own, a title and a fix',
  fix: 'Use an id of lower-case letters, digits and dashes that no other rule has.',
  waivable: false,
  facets: ['identity'],
  check: ({ plan, rules }) => [...problemsOf(plan, 'model-rule'), ...plan.rules.flatMap(({ id, title, fix }) => [
    ...(ID.test(id) ? [] : [`${JSON.stringify(id)} is not a valid rule id.`]),
    ...(rules.filter((one) => one.id === id).length > 1 ? [`There is another rule ${JSON.stringify(id)}.`] : []),
    ...(title.trim() === '' || fix.trim() === '' ? [`The rule ${JSON.stringify(id)} has no title or no fix.`] : []),
  ].map((message) => ({ path: plan.name, message })))],
};
