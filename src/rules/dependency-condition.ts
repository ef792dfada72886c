import { Rule, Violation } from './rule';
import { DependencyPlan, ServicePlan } from '../plan/plan';

export const dependencyCondition: Rule = {
  id: 'dependency-condition',
  severity: 'error',
  title: 'The condition of a dependency can come true',
  fix: 'Give the other service a health check, or depend on it with another condition.',
  waivable: false,
  facets: ['dependency'],
  check: ({ plan, services }) => plan.services.flatMap((service) => service.dependencies.flatMap((dependency) => {
    const other = services.get(dependency.service);
    return other === undefined ? [] : impossible(service, other, dependency);
  })),
};

function impossible({ path, places }: ServicePlan, other: ServicePlan, { condition }: DependencyPlan): Violation[] {
  const elsewhere = places.filter((place) => !other.places.includes(place));
  return [
    ...(condition === 'healthy' && other.healthCheck === undefined
      ? [{ path, message: `Waits until "${other.name}" is healthy, which has no health check.` }]
      : []),
    ...(condition === 'healthy' && other.lifecycle === 'one-shot'
      ? [
        {
          path,
          message: `Waits until "${other.name}" is healthy, which ends by itself.`,
          fix: 'Depend on it with DependencyCondition.COMPLETED.',
        },
      ]
      : []),
    ...(condition === 'completed' && other.lifecycle === 'long-running'
      ? [
        {
          path,
          message: `Waits until "${other.name}" has ended, which keeps running.`,
          fix: 'Make it a one-shot, or depend on it with another condition.',
        },
      ]
      : []),
    ...elsewhere.map((place) => ({
      path,
      message: `Depends on "${other.name}", which does not run on a ${place}.`,
      fix: 'Let both run at the same places.',
    })),
  ];
}
