import { Rule } from './rule';

export const servicePlace: Rule = {
  id: 'service-place',
  severity: 'error',
  title: 'Services have at least one place',
  fix: 'Add a place, or omit places to run on all of them.',
  waivable: false,
  facets: ['lifecycle'],
  check: ({ plan }) =>
    plan.services
      .filter(({ places }) => places.length === 0)
      .map(({ path }) => ({ path, message: 'The list of places is empty, so no target renders the service.' })),
};
