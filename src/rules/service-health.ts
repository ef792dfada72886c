import { Rule } from './rule';

export const serviceHealth: Rule = {
  id: 'service-health',
  severity: 'error',
  title: 'A service that keeps running has a health check',
  fix: 'Give it a HealthCheck, or waive the rule with a reason.',
  waivable: true,
  facets: ['health', 'lifecycle'],
  check: ({ plan }) => plan.services
    .filter(({ lifecycle, healthCheck }) => lifecycle === 'long-running' && healthCheck === undefined)
    .map(({ path }) => ({ path, message: 'Has no health check, so nobody notices when it hangs.' })),
};
