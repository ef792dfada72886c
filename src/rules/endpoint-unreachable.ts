import { Rule, RuleContext, Violation } from './rule';
import { EndpointPlan, ServicePlan } from '../plan/plan';

export const endpointUnreachable: Rule = {
  id: 'endpoint-unreachable',
  severity: 'error',
  title: 'An address that a service is given can be reached by it',
  mend: 'Attach both to a shared network, and declare the port on the other service.',
  waivable: false,
  check: (context) => {
    const reachable = new Set(context.plan.reaches.flatMap(({ from, to }) => (to.kind === 'internet' ? [] : [`${from}\t${to.name}\t${to.port}`])));
    return context.plan.services.flatMap((service) => endpointsOf(service).flatMap((endpoint) => judge(service, endpoint, reachable, context)));
  },
};

function endpointsOf({ environment, mounts }: ServicePlan): EndpointPlan[] {
  const contents = mounts.flatMap((mount) => (mount.kind === 'file' ? mount.file.content : []));
  const all = [...environment.map(({ value }) => value), ...contents].flatMap((one) => (one.kind === 'endpoint' ? [one.endpoint] : []));
  return [...new Map(all.map((one) => [`${one.to}\t${one.name}\t${one.port}`, one])).values()];
}

function judge(service: ServicePlan, endpoint: EndpointPlan, reachable: ReadonlySet<string>, { services, hostServices }: RuleContext): Violation[] {
  const { path, name } = service;
  const known = endpoint.to === 'service' ? services : hostServices;
  if (!known.has(endpoint.name)) {
    return [{ path, message: `Is given the address of "${endpoint.name}", which is not part of this toolbox.`, mend: 'Create it below the same toolbox.' }];
  }
  const host = endpoint.to === 'host-service' ? hostServices.get(endpoint.name) : undefined;
  const noStandIn = host !== undefined && host.clusterService === undefined && service.places.includes('cluster');
  return [
    ...(endpoint.name === name || reachable.has(`${name}\t${endpoint.name}\t${endpoint.port}`) ? [] : [unreachable(path, endpoint)]),
    ...(noStandIn ? [{ path, message: `Is given the address of "${endpoint.name}", which does not exist in a cluster, and nothing stands in for it there.`, mend: 'Name the service that answers in its place: hostService.standInCluster(service).' }] : []),
  ];
}

function unreachable(path: string, { name, port, to }: EndpointPlan): Violation {
  return to === 'service'
    ? { path, message: `Is given the address ${name}:${port}, which no shared network lets it reach.` }
    : { path, message: `Is given the address of "${name}" on the host, which none of its networks opens.`, mend: 'Attach it to a network with Egress.HOST.' };
}
