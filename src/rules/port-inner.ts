import { Rule } from './rule';

export const portInner: Rule = {
  id: 'port-inner',
  severity: 'error',
  title: 'Services with published ports are on a network with egress',
  fix: 'Add it to a network with Egress.HOST, or make the port internal: engines publish nothing otherwise.',
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
            message: `Port ${port} is published, but all networks of the service are internal.`,
          })),
      );
  },
};
