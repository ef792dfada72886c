import { Rule } from './rule';

export const pinUndecided: Rule = {
  id: 'pin-undecided',
  severity: 'warning',
  title: 'Every pin is decided',
  fix: 'Decide, and set the status in the inventory.',
  waivable: true,
  facets: ['image', 'build', 'pin'],
  check: ({ plan }) => plan.pins.filter(({ status }) => status === 'undecided').map(({ component, location }) => ({
    path: plan.name, message: `The version of "${component}" is not decided.`, location,
  })),
};
