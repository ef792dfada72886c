import { Rule } from './rule';

export const serviceLimits: Rule = {
  id: 'service-limits',
  severity: 'error',
  title: 'A service has limits',
  fix: 'Give it resources: cpu and memory at least.',
  waivable: true,
  facets: ['resources'],
  check: ({ plan }) => plan.services
    .filter(({ resources }) => resources.cpuMillis === undefined || resources.memoryMegabytes === undefined)
    .map(({ path }) => ({ path, message: 'Has no limits, so it can take the whole machine.' })),
};
