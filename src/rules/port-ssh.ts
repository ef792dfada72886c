import { Rule } from './rule';

export const portSsh: Rule = {
  id: 'port-ssh',
  severity: 'warning',
  title: 'Services do not listen on the SSH port',
  fix: 'Use "docker exec" or "kubectl exec" instead of an SSH server.',
  waivable: true,
  facets: ['port'],
  check: ({ plan }) =>
    plan.services.flatMap(({ path, ports }) =>
      ports
        .filter(({ port, protocol }) => port === 22 && protocol === 'tcp')
        .map(() => ({
          path,
          message: 'Port 22 is the SSH port.',
        })),
    ),
};
