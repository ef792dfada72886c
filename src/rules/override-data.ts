import { Rule } from './rule';
import { ServicePlan } from '../plan/plan';

const COMPOSE_KEY = /^[a-z][a-z0-9_.-]{0,62}$/;

/** Checks overrides, the only free-form data of a model. */
export const overrideData: Rule = {
  id: 'override-data',
  severity: 'error',
  title: 'Overrides are plain data under valid keys',
  fix: 'Use strings, integers, booleans, lists and plain objects only.',
  waivable: false,
  facets: ['override'],
  check: ({ plan }) =>
    plan.services.flatMap((service) => problems(service).map((message) => ({ path: service.path, message }))),
};

function problems({ overrides }: ServicePlan): string[] {
  return [
    ...overrides.compose
      .filter(({ key }) => !COMPOSE_KEY.test(key))
      .map(({ key }) => `${JSON.stringify(key)} is not the key of a Compose service.`),
    ...overrides.compose.flatMap(({ key, problem }) =>
      problem === undefined ? [] : [`In the override of ${key} ${problem}.`],
    ),
    ...overrides.kubernetes.flatMap(({ pointer, problem }) =>
      problem === undefined ? [] : [`In the patch at ${pointer} ${problem}.`],
    ),
  ];
}
