import { STATEFUL_SET_NAME_LENGTH } from './names';
import { Patches } from './overrides';
import { listed, Report } from './report';
import { VolumeGroup, volumeGroups } from './volume-groups';
import { groupBy, groupPairs, sortedBy } from '../../plan/collections';
import { containerPorts } from '../../plan/host-port';
import { kubernetesName } from '../../plan/kubernetes-name';
import { Plan, ReachPlan, ServicePlan, VolumePlan } from '../../plan/plan';
import { Reaches, ServiceReach } from '../../plan/reaches';
import { shellWord } from '../host-commands';

/** A connection that the cluster allows. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

/** A network whose members reach each other in the cluster. */
export interface PeerNetwork {
  readonly name: string;
  /** Those that run in the cluster. */
  readonly members: ReadonlySet<string>;
  /** Those of them that others reach. */
  readonly servers: ReadonlySet<string>;
}

/** Inputs of every part of the renderer, computed once so that lookups are cheap. */
export interface RenderContext {
  readonly plan: Plan;
  readonly report: Report;
  readonly patches: Patches;
  /** Those that run in the cluster. */
  readonly services: readonly ServicePlan[];
  readonly byName: ReadonlyMap<string, ServicePlan>;
  /** The service that has a name in the cluster: its own, or an alias that no other has as its own or before it. */
  readonly owners: ReadonlyMap<string, ServicePlan>;
  readonly volumes: ReadonlyMap<string, VolumePlan>;
  /** Connections of single services, beside those of networks. */
  readonly outgoing: ReadonlyMap<string, readonly Connection[]>;
  readonly incoming: ReadonlyMap<string, readonly Connection[]>;
  readonly peerNetworks: readonly PeerNetwork[];
  readonly reaches: Reaches;
  /** Groups of the volumes of services, by name. */
  readonly volumeGroups: ReadonlyMap<string, VolumeGroup>;
  /** Services that reach the internet. */
  readonly online: ReadonlySet<string>;
}

export function contextOf(plan: Plan, report: Report): RenderContext {
  const services = plan.services
    .filter((service) => service.places.includes('cluster'))
    .map((service) => ({ ...service, ports: containerPorts(service.ports) }));
  const byName = new Map(services.map((service) => [service.name, service]));
  const inCluster = plan.reaches.filter((reach) => reach.places.includes('cluster'));
  const reaches = new Reaches({ services, reaches: inCluster });
  const ways = inCluster
    .flatMap((reach) => (reach.from !== undefined && byName.has(reach.from) ? [{ ...reach, from: reach.from }] : []))
    .filter((reach) => reach.to.kind !== 'internet')
    .map((reach) => ({ reach, connection: connectionOf(reach, plan, byName) }));
  const connections = unique(ways.flatMap(({ connection }) => connection ?? []));
  const closed = groupBy(
    ways.filter(({ connection }) => connection === undefined).map(({ reach }) => reach),
    (reach) => reach.from,
  );
  closed.forEach((list, from) => reportClosed(byName.get(from), list, report));
  return {
    plan,
    report,
    patches: new Patches(plan, report),
    services,
    byName,
    owners: ownersOf(services),
    volumes: new Map(plan.volumes.map((volume) => [volume.name, volume])),
    volumeGroups: volumeGroups(services),
    outgoing: groupBy(connections, (one) => one.from),
    incoming: groupBy(connections, (one) => one.to),
    peerNetworks: peerNetworks(plan, inCluster, byName),
    reaches,
    online: new Set(
      services.map(({ name }) => name).filter((name) => reaches.of(name, { kind: 'internet' }).length > 0),
    ),
  };
}

function peerNetworks(
  { networks }: Plan,
  reaches: readonly ReachPlan[],
  byName: RenderContext['byName'],
): PeerNetwork[] {
  const servers = groupPairs(reaches.flatMap(({ from, to, network }) =>
    from === undefined && to.kind === 'service' ? [[network, to.name] as const] : []));
  return networks.filter(({ name }) => servers.has(name)).map(({ name, members }) => ({
    name,
    members: new Set(members.filter((member) => byName.has(member))),
    servers: new Set(servers.get(name)),
  }));
}

/** Returns the ports by which a service reaches another one. */
export function connectionsTo({ outgoing, reaches }: RenderContext, from: string, server: string): Connection[] {
  return [
    ...(outgoing.get(from) ?? []).filter(({ to }) => to === server),
    ...reaches.of(from, { kind: 'service', name: server }).flatMap(({ to }) =>
      to.kind === 'internet' ? [] : [{ from, to: server, port: to.port, protocol: to.protocol }]),
  ];
}

/** Undefined when nothing in the cluster listens there. */
function connectionOf(
  { from, to }: ServiceReach,
  plan: Plan,
  byName: ReadonlyMap<string, ServicePlan>,
): Connection | undefined {
  if (to.kind === 'internet') {
    return undefined;
  }
  const { kind, name, port, protocol } = to;
  const target = kind === 'service' ? name : plan.hostServices.find((host) => host.name === name)?.clusterService;
  const listens = byName.get(target ?? '')?.ports.some((one) => one.port === port && one.protocol === protocol);
  return target !== undefined && listens ? { from, to: target, port, protocol } : undefined;
}

function reportClosed(from: ServicePlan | undefined, reaches: readonly ReachPlan[], report: Report): void {
  const ways = reaches.flatMap(({ to }) =>
    to.kind === 'internet' ? [] : [`port ${to.port}/${to.protocol} of ${to.name}`],
  );
  if (from !== undefined && ways.length > 0) {
    report.refused(
      from.path,
      'reach',
      `Nothing in the cluster listens on ${listed([...new Set(ways)])}, so the way there stays closed.`,
      'Declare the port on a service of the cluster, or name that service as the stand-in of the host service.',
    );
  }
}

/** Two networks may carry the same connection. */
function unique(connections: readonly Connection[]): Connection[] {
  return [...new Map(connections.map((one) => [`${one.from} ${one.to} ${one.port} ${one.protocol}`, one])).values()];
}

function ownersOf(services: readonly ServicePlan[]): Map<string, ServicePlan> {
  const owners = new Map(services.map((service) => [kubernetesName(service.name), service]));
  for (const service of sortedBy(services, ({ name }) => name)) {
    aliasesOf(service).filter((alias) => !owners.has(alias)).forEach((alias) => owners.set(alias, service));
  }
  return owners;
}

/** Returns the further names of a service on all of its networks, sorted. */
export function aliasesOf({ attachments }: ServicePlan): string[] {
  return [...new Set(attachments.flatMap(({ aliases }) => aliases))].sort();
}

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'Job';

/**
 * A service that writes to a volume is a StatefulSet: never two pods at once, and a pod whose name a person can type.
 * A longer name gets a Deployment that stops the old pod before it starts the new one.
 */
export function workloadKind(service: ServicePlan): WorkloadKind {
  if (service.lifecycle === 'one-shot') {
    return 'Job';
  }
  return writesToVolume(service) && kubernetesName(service.name).length <= STATEFUL_SET_NAME_LENGTH
    ? 'StatefulSet'
    : 'Deployment';
}

export function writesToVolume(service: ServicePlan): boolean {
  return service.mounts.some((mount) => mount.kind === 'volume' && !mount.readOnly);
}

/** Returns kubectl's name for the service's pod. */
export function podReference(service: ServicePlan): string {
  const name = kubernetesName(service.name);
  return workloadKind(service) === 'StatefulSet' ? `${name}-0` : `deployment/${name}`;
}

/** A command for a person, in the toolbox's namespace. */
export function kubectl(plan: Pick<Plan, 'name'>, ...words: readonly string[]): string {
  return `\`${['kubectl', '--namespace', plan.name, ...words].map(shellWord).join(' ')}\``;
}
