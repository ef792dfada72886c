import { duplicates } from './private/duplicates';
import { Rule } from './rule';

export const portDuplicate: Rule = {
  id: 'port-duplicate',
  severity: 'error',
  title: 'No port is taken twice',
  fix: 'Give one of them another number.',
  waivable: false,
  facets: ['port'],
  check: ({ plan }) => {
    const onHost = plan.services.flatMap((service) => service.ports
      .filter(({ hostPort }) => hostPort !== undefined)
      .map((port) => ({ service, port })));
    return [
      ...plan.services.flatMap(({ path, ports }) =>
        duplicates(ports, ({ port, protocol }) => `${port}/${protocol}`).map(({ item }) => ({
          path,
          message: `The port ${item.port}/${item.protocol} is declared twice.`,
          fix: 'Declare it once, with the widest exposure that is due.',
        })),
      ),
      ...duplicates(onHost, ({ port }) => `${port.hostPort}/${port.protocol}`).map(({ item, first }) => ({
        path: item.service.path,
        message: `The host's port ${item.port.hostPort}/${item.port.protocol} is taken by ${first.service.path} already.`,
      })),
    ];
  },
};
