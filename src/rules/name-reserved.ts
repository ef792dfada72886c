import { namedThings } from './private/named';
import { Rule } from './rule';

/** Names with a meaning to programs or clusters. */
const RESERVED = new Set([
  'localhost',
  'kubernetes',
  'default',
  'kube-system',
  'kube-public',
  'gateway-docker-internal',
  'host-docker-internal',
]);

export const nameReserved: Rule = {
  id: 'name-reserved',
  severity: 'warning',
  title: 'Names do not collide with reserved ones',
  fix: 'Choose another name.',
  waivable: true,
  facets: ['identity', 'secret', 'volume', 'network', 'profile'],
  check: ({ plan }) =>
    [{ path: plan.name, name: plan.name, kind: 'toolbox' }, ...namedThings(plan)]
      .filter(({ name }) => RESERVED.has(name))
      .map(({ path, name, kind }) => ({
        path,
        message: `The name "${name}" of this ${kind} is reserved.`,
      })),
};
