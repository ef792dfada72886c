import { Rule } from './rule';

export const serviceLimits: Rule = {
  id: 'service-limits',
  severity: 'error',
  title: 'Services have CPU and memory limits',
  fix: 'Set at least cpu and memory in resources.',
  waivable: true,
  facets: ['resources'],
  check: ({ plan }) => plan.services
    .filter(({ resources }) => resources.cpuMillis === undefined || resources.memoryMegabytes === undefined)
    .map(({ path }) => ({ path, message: 'Has no CPU or memory limit, so it can exhaust the machine.' })),
};
