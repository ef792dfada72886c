import { Rule } from './rule';
import { SettingFact } from '../plan/target-facts';

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
        .map(({ port, address }) => ({
          path,
          message: `Port ${port} is published on ${address ?? 'all interfaces'}, so other machines can reach it.`,
        })),
    ),
  checkMerged: ({ facts }) =>
    facts.ports
      .filter(({ exposure }) => exposure === 'every interface' || exposure === 'one address')
      .map(({ port, address = '' }) => ({
        problem: `publishes port ${JSON.stringify(port)} to other machines (${JSON.stringify(address)})`,
      })),
  checkMergedTarget: ({ facts: { cluster } }) =>
    [
      ...(cluster?.addresses ?? []),
      ...(cluster?.others ?? []).map(({ kind, name, settings }) => ({
        name,
        type: kind === 'Ingress' ? kind : typeIn(settings),
      })),
    ]
      .filter(({ type }) => ['NodePort', 'LoadBalancer', 'ExternalName', 'Ingress'].includes(type))
      .map(({ name, type }) => ({ problem: `publishes ${JSON.stringify(name)} to other machines (${type})` })),
};

/** The type of a Service without pods of the folder. */
function typeIn(settings: readonly SettingFact[]): string {
  const spec = settings.find(({ key }) => key === 'spec')?.value as { readonly type?: unknown } | undefined;
  return typeof spec?.type === 'string' ? spec.type : '';
}
