import { Rule } from './rule';

export const portInner: Rule = {
  id: 'port-inner',
  severity: 'error',
  title: 'A service whose port is offered outside is on a network that leads out',
  fix: 'Attach it to a network with Egress.HOST, or keep the port internal: engines silently publish nothing otherwise.',
  waivable: true,
  facets: ['network', 'port'],
  check: ({ plan }) => {
    const leadOut = new Set(plan.networks.filter(({ egress }) => egress !== 'none').map(({ name }) => name));
    return plan.services
      .filter(
        ({ places, attachments }) =>
          places.includes('workstation') && !attachments.some(({ network }) => leadOut.has(network)),
      )
      .flatMap(({ path, ports }) =>
        ports
          .filter(({ exposure }) => exposure !== 'internal')
          .map(({ port }) => ({
            path,
            message: `Port ${port} is offered outside, and every network of the service is an inner one.`,
          })),
      );
  },
};
