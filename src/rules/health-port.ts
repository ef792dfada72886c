import { Rule } from './rule';

/** A kubelet asks only declared ports from outside; an undeclared one is mostly a typing mistake. */
export const healthPort: Rule = {
  id: 'health-port',
  severity: 'warning',
  title: 'Health checks ask a port that the service declares',
  fix: 'Declare the port with Port.internal, or correct its number.',
  waivable: true,
  facets: ['health', 'port'],
  check: ({ plan }) => plan.services.flatMap(({ path, ports, healthCheck }) => {
    const probe = healthCheck?.probe;
    if (probe === undefined || !('port' in probe)) {
      return [];
    }
    const declared = ports.filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port);
    return declared.includes(probe.port) ? [] : [{
      path,
      message: `The health check asks port ${probe.port}, which is not declared. `
        + `TCP ports of the service: ${declared.join(', ') || 'none'}.`,
    }];
  }),
};
