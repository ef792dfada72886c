import { Rule } from './rule';

export const portPublic: Rule = {
  id: 'port-public',
  severity: 'error',
  title: 'Ports are not published on all interfaces',
  fix: 'Use Port.loopback, put a reverse proxy with authentication in front, or waive the rule with a reason.',
  waivable: true,
  facets: ['port'],
  check: ({ plan }) =>
    plan.services.flatMap(({ path, ports }) =>
      ports
        .filter(({ exposure }) => exposure === 'published')
        .map(({ port }) => ({
          path,
          message: `Port ${port} is published on all interfaces, so other machines can reach it.`,
        })),
    ),
  checkMerged: ({ facts }) =>
    facts.ports
      .filter(({ exposure }) => exposure === 'every interface' || exposure === 'one address')
      .map(({ port, address = '' }) => ({
        problem: `publishes port ${JSON.stringify(port)} to other machines (${JSON.stringify(address)})`,
      })),
  checkMergedTarget: ({ facts: { cluster } }) =>
    (cluster?.addresses ?? [])
      .filter(({ type }) => type !== 'ClusterIP')
      .map(({ name, type }) => ({
        problem: `publishes the Service ${JSON.stringify(name)} to other machines (${type})`,
      })),
};
