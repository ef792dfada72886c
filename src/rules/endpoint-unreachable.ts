import { Rule, RuleContext, Violation } from './rule';
import { endpointsOf } from '../plan/file-content';
import { EndpointPlan, HostPlan, HostServicePlan, ServicePlan } from '../plan/plan';
import { Reaches } from '../plan/reaches';
import { hostsOf } from '../plan/value-parts';

export const endpointUnreachable: Rule = {
  id: 'endpoint-unreachable',
  severity: 'error',
  title: 'Services can reach the addresses they are given',
  fix: 'Add both services to one network, and declare the port on the other service.',
  waivable: false,
  facets: ['environment', 'config', 'network', 'host-service'],
  check: (context) => {
    const reaches = new Reaches(context.plan);
    return context.plan.services.flatMap((service) => onceEach([
      ...distinct(endpointsOf(service)).flatMap((endpoint) => judge(service, endpoint, reaches, context)),
      ...hostProblems(service, reaches, context),
    ]));
  },
};

/** A host name without a port is the address of any port that answers; undefined if the service has none. */
function addressOf(host: HostPlan, { services, hostServices }: RuleContext): EndpointPlan | undefined {
  const port = host.to === 'service' ? services.get(host.name)?.ports[0]?.port : hostServices.get(host.name)?.port;
  return port === undefined ? undefined : { ...host, port, scheme: '', suffix: '' };
}

function hostProblems(service: ServicePlan, reaches: Reaches, context: RuleContext): Violation[] {
  return hostsOf(service).flatMap((host) => {
    const endpoint = addressOf(host, context);
    return endpoint === undefined
      ? [
        {
          path: service.path,
          message: `Refers to the host name of "${host.name}", which has no port or is not part of this toolbox.`,
          fix: 'Create it in the same toolbox, and declare the port that it listens on.',
        },
      ]
      : judge(service, endpoint, reaches, context);
  });
}

function onceEach(violations: readonly Violation[]): Violation[] {
  return [...new Map(violations.map((one) => [one.message, one])).values()];
}

function distinct(all: readonly EndpointPlan[]): EndpointPlan[] {
  return [...new Map(all.map((one) => [`${one.to}\t${one.name}\t${one.port}`, one])).values()];
}

function judge(
  service: ServicePlan,
  endpoint: EndpointPlan,
  reaches: Reaches,
  { services, hostServices }: RuleContext,
): Violation[] {
  const { path, name } = service;
  const known = endpoint.to === 'service' ? services : hostServices;
  if (!known.has(endpoint.name)) {
    return [
      {
        path,
        message: `Refers to the address of "${endpoint.name}", which is not part of this toolbox.`,
        fix: 'Create it in the same toolbox.',
      },
    ];
  }
  const host = endpoint.to === 'host-service' ? hostServices.get(endpoint.name) : undefined;
  const noStandIn = host !== undefined && host.clusterService === undefined && service.places.includes('cluster');
  const reached = endpoint.name === name || reaches.of(name, { kind: endpoint.to, name: endpoint.name })
    .some(({ to }) => to.kind !== 'internet' && to.port === endpoint.port);
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
          message: `Refers to the address of "${endpoint.name}", which has no replacement in a cluster.`,
          fix: 'Name its replacement with hostService.replaceInCluster(service).',
        },
      ]
      : []),
  ];
}

/** Reports a relay that does not answer under the host name on a network of the client. */
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
        message: `The relay "${relay}" of "${name}" does not answer as ${hostname}:${port} on a shared network.`,
        fix: `Add both to one network, with the alias ${hostname} and the port ${port} on the relay.`,
      },
    ];
}

function unreachable(path: string, { name, port, to }: EndpointPlan): Violation {
  return to === 'service'
    ? { path, message: `Refers to the address ${name}:${port}, but shares no network with it.` }
    : {
      path,
      message: `Refers to the address of "${name}" on the host, but none of its networks reaches the host.`,
      fix: 'Add it to a network with Egress.HOST.',
    };
}
