import { namedThings } from './private/named';
import { Rule } from './rule';

/** Names that programs or clusters already give a meaning to. */
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
  title: 'No name has another meaning already',
  fix: 'Choose a name that says what it is for.',
  waivable: true,
  facets: ['identity', 'secret', 'volume', 'network', 'profile'],
  check: ({ plan }) =>
    [{ path: plan.name, name: plan.name, kind: 'toolbox' }, ...namedThings(plan)]
      .filter(({ name }) => RESERVED.has(name))
      .map(({ path, name, kind }) => ({
        path,
        message: `The name "${name}" of this ${kind} already means something else to programs or clusters.`,
      })),
};
