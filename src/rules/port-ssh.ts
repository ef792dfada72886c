import { Rule } from './rule';

export const portSsh: Rule = {
  id: 'port-ssh',
  severity: 'warning',
  title: 'No service listens on the port of SSH',
  fix: 'Attach to the container with the engine or kubectl instead of running an SSH server in it.',
  waivable: true,
  facets: ['port'],
  check: ({ plan }) =>
    plan.services.flatMap(({ path, ports }) =>
      ports
        .filter(({ port, protocol }) => port === 22 && protocol === 'tcp')
        .map(() => ({
          path,
          message: 'Port 22 is the port of SSH.',
        })),
    ),
};
