import { Rule } from './rule';

export const pinUndecided: Rule = {
  id: 'pin-undecided',
  severity: 'warning',
  title: 'Pins are decided',
  fix: 'Decide on a version, and set the status in the inventory.',
  waivable: true,
  facets: ['image', 'build', 'pin'],
  check: ({ plan }) => plan.pins.filter(({ status }) => status === 'undecided').map(({ component, location }) => ({
    path: plan.name, message: `The version of "${component}" is not decided.`, location,
  })),
};
