import { Rule } from './rule';

export const serviceHealth: Rule = {
  id: 'service-health',
  severity: 'error',
  title: 'Long-running services have a health check',
  fix: 'Add a HealthCheck, or waive the rule with a reason.',
  waivable: true,
  facets: ['health', 'lifecycle'],
  check: ({ plan }) => plan.services
    .filter(({ lifecycle, healthCheck }) => lifecycle === 'long-running' && healthCheck === undefined)
    .map(({ path }) => ({ path, message: 'Has no health check, so a hang goes unnoticed.' })),
};
