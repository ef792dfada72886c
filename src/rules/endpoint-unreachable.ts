import { endpointsOf } from './private/endpoints';
import { Rule, RuleContext, Violation } from './rule';
import { EndpointPlan, HostServicePlan, ServicePlan } from '../plan/plan';

export const endpointUnreachable: Rule = {
  id: 'endpoint-unreachable',
  severity: 'error',
  title: 'An address that a service is given can be reached by it',
  fix: 'Attach both to a shared network, and declare the port on the other service.',
  waivable: false,
  facets: ['environment', 'config', 'network', 'host-service'],
  check: (context) => {
    const reachable = new Set(
      context.plan.reaches.flatMap(({ from, to }) =>
        to.kind === 'internet' ? [] : [`${from}\t${to.name}\t${to.port}`],
      ),
    );
    return context.plan.services.flatMap((service) => distinct(endpointsOf(service))
      .flatMap((endpoint) => judge(service, endpoint, reachable, context)));
  },
};

function distinct(all: readonly EndpointPlan[]): EndpointPlan[] {
  return [...new Map(all.map((one) => [`${one.to}\t${one.name}\t${one.port}`, one])).values()];
}

function judge(
  service: ServicePlan,
  endpoint: EndpointPlan,
  reachable: ReadonlySet<string>,
  { services, hostServices }: RuleContext,
): Violation[] {
  const { path, name } = service;
  const known = endpoint.to === 'service' ? services : hostServices;
  if (!known.has(endpoint.name)) {
    return [
      {
        path,
        message: `Is given the address of "${endpoint.name}", which is not part of this toolbox.`,
        fix: 'Create it below the same toolbox.',
      },
    ];
  }
  const host = endpoint.to === 'host-service' ? hostServices.get(endpoint.name) : undefined;
  const noStandIn = host !== undefined && host.clusterService === undefined && service.places.includes('cluster');
  const reached = endpoint.name === name || reachable.has(`${name}\t${endpoint.name}\t${endpoint.port}`);
  const relayed = host?.relay !== undefined && host.relay !== name;
  return [
    ...(relayed
      ? unanswered(service, endpoint, host, services.get(host.relay))
      : reached
        ? []
        : [unreachable(path, endpoint)]),
    ...(noStandIn
      ? [
        {
          path,
          message: `Is given the address of "${endpoint.name}", which does not exist in a cluster, and nothing stands in for it there.`,
          fix: 'Name the service that answers in its place: hostService.replaceInCluster(service).',
        },
      ]
      : []),
  ];
}

/** A relay answers under the host's name, on a network it shares with whoever asks. */
function unanswered(
  { path, attachments, places }: ServicePlan,
  { name, port }: EndpointPlan,
  { hostname, relay }: HostServicePlan,
  answering: ServicePlan | undefined,
): Violation[] {
  const mine = new Set(attachments.map(({ network }) => network));
  const answers = answering?.places.includes('workstation')
    && answering.ports.some((one) => one.port === port)
    && answering.attachments.some(({ network, aliases }) => mine.has(network) && aliases.includes(hostname));
  return answers || !places.includes('workstation')
    ? []
    : [
      {
        path,
        message: `Is given the address of "${name}" on the host, and shares no network on which the relay "${relay}" answers as ${hostname}:${port}.`,
        fix: `Attach both to a network, the relay with the alias ${hostname} and the port ${port}.`,
      },
    ];
}

function unreachable(path: string, { name, port, to }: EndpointPlan): Violation {
  return to === 'service'
    ? { path, message: `Is given the address ${name}:${port}, which no shared network lets it reach.` }
    : {
      path,
      message: `Is given the address of "${name}" on the host, which none of its networks opens.`,
      fix: 'Attach it to a network with Egress.HOST.',
    };
}
