import { Rule } from './rule';

export const servicePlace: Rule = {
  id: 'service-place',
  severity: 'error',
  title: 'A service runs somewhere',
  fix: 'Name a place, or leave the places out for all of them.',
  waivable: false,
  facets: ['lifecycle'],
  check: ({ plan }) =>
    plan.services
      .filter(({ places }) => places.length === 0)
      .map(({ path }) => ({ path, message: 'The list of places is empty, so no target has the service.' })),
};
