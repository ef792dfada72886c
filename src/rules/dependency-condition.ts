import { Rule, Violation } from './rule';
import { DependencyPlan, ServicePlan } from '../plan/plan';

export const dependencyCondition: Rule = {
  id: 'dependency-condition',
  severity: 'error',
  title: 'Dependency conditions can be met',
  fix: 'Add a health check to the other service, or use another condition.',
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
      ? [{ path, message: `Waits for "${other.name}" to be healthy, but it has no health check.` }]
      : []),
    ...(condition === 'healthy' && other.lifecycle === 'one-shot'
      ? [
        {
          path,
          message: `Waits for "${other.name}" to be healthy, but it is a one-shot.`,
          fix: 'Use DependencyCondition.COMPLETED.',
        },
      ]
      : []),
    ...(condition === 'completed' && other.lifecycle === 'long-running'
      ? [
        {
          path,
          message: `Waits for "${other.name}" to complete, but it is long-running.`,
          fix: 'Make it a one-shot, or use another condition.',
        },
      ]
      : []),
    ...elsewhere.map((place) => ({
      path,
      message: `Depends on "${other.name}", which does not run on the ${place}.`,
      fix: 'Give both the same places.',
    })),
  ];
}
