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

/** Variables of the caller come before those of `--env-file`. */
const SET_BY_SHELL =
  /^(COMPOSE|DOCKER|BUILDKIT)_|^(HOME|HOSTNAME|LANG|LOGNAME|PATH|PWD|OLDPWD|SHELL|SHLVL|TERM|TMPDIR|TZ|UID|USER)$/;

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
      }))
      .concat(
        plan.parameters.filter(({ name }) => SET_BY_SHELL.test(name)).map(({ path, name }) => ({
          path,
          message: `Shells or Docker set "${name}" themselves, so Compose takes their value for this parameter.`,
        })),
      ),
};
