import { duplicates } from './private/duplicates';
import { Rule } from './rule';

export const portDuplicate: Rule = {
  id: 'port-duplicate',
  severity: 'error',
  title: 'Ports are unique',
  fix: 'Change the number of one of them.',
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
          fix: 'Declare it once, with the widest exposure needed.',
        })),
      ),
      ...duplicates(onHost, ({ port }) => `${port.hostPort}/${port.protocol}`).map(({ item, first }) => ({
        path: item.service.path,
        message: `The host port ${item.port.hostPort}/${item.port.protocol} is already used by ${first.service.path}.`,
      })),
    ];
  },
};
