import { compareText } from './collections';
import { HostServicePlan, NetworkPlan, Place, ReachPlan, ServicePlan } from './plan';
import { reachSortKey } from './reaches';

/**
 * Resolves who reaches whom: members of a network reach each other's ports, and what the network opens beside that.
 * Facts of all members of a network are one entry.
 */
export function resolveReaches(
  services: readonly ServicePlan[],
  hostServices: readonly HostServicePlan[],
  networks: readonly NetworkPlan[],
): ReachPlan[] {
  const byName = new Map(services.map((one) => [one.name, one]));
  const hosts = new Map(hostServices.map((one) => [one.name, one]));
  const reaches = networks.flatMap((network) => {
    const members = network.members.flatMap((name) => byName.get(name) ?? []);
    return [
      ...peerReaches(members, network.name),
      ...members.flatMap((from) => hostReaches(from, network, hosts, byName)),
      ...internetReaches(members, network),
    ];
  });
  return reaches.sort((a, b) => compareText(reachSortKey(a), reachSortKey(b)));
}

/** A place counts if another member runs there as well. */
function peerReaches(members: readonly ServicePlan[], network: string): ReachPlan[] {
  const count = (place: Place): number => members.filter(({ places }) => places.includes(place)).length;
  const counts = { cluster: count('cluster'), workstation: count('workstation') };
  return members.flatMap((to) => reachesTo(undefined, to, network, to.places.filter((place) => counts[place] > 1)));
}

function reachesTo(
  from: ServicePlan | undefined,
  to: ServicePlan,
  network: string,
  places: readonly Place[],
): ReachPlan[] {
  return places.length === 0 ? [] : to.ports.map((port) => ({
    from: from?.name,
    to: { kind: 'service', name: to.name, port: port.port, protocol: port.protocol },
    network,
    places,
  }));
}

/**
 * In a cluster the host does not exist: its stand-in is reached instead. With a relay, only the relay has a way of its
 * own.
 */
function hostReaches(
  from: ServicePlan,
  network: NetworkPlan,
  hosts: ReadonlyMap<string, HostServicePlan>,
  services: ReadonlyMap<string, ServicePlan>,
): ReachPlan[] {
  return from.hostServices.flatMap((name) => {
    const host = hosts.get(name);
    if (host === undefined) {
      return [];
    }
    const direct = network.egress !== 'none' && (host.relay ?? from.name) === from.name;
    const relayed = host.relay !== undefined && host.relay !== from.name && network.members.includes(host.relay);
    const onWorkstation: ReachPlan = {
      from: from.name,
      to: { kind: 'host-service', name, port: host.port, protocol: 'tcp' },
      network: network.name,
      places: ['workstation'],
    };
    const standIn = services.get(host.clusterService ?? '');
    return [
      ...(direct && from.places.includes('workstation') ? [onWorkstation] : []),
      ...((direct || relayed) && standIn && from.places.includes('cluster')
        ? standInReaches(from, standIn, host.port, network.name)
        : []),
    ];
  });
}

function standInReaches(from: ServicePlan, standIn: ServicePlan, port: number, network: string): ReachPlan[] {
  const alreadyPeers = from.attachments.some((mine) =>
    standIn.attachments.some((theirs) => theirs.network === mine.network),
  );
  return alreadyPeers
    ? []
    : reachesTo(from, standIn, network, ['cluster']).filter(
      (reach) => reach.to.kind === 'service' && reach.to.port === port,
    );
}

/**
 * An engine cannot keep an ordinary network to the host alone, so it opens the internet; a cluster has no such network.
 */
function internetReaches(members: readonly ServicePlan[], network: NetworkPlan): ReachPlan[] {
  const open: Place[] = {
    internet: ['cluster' as const, 'workstation' as const],
    host: ['workstation' as const],
    none: [],
  }[network.egress];
  const places = open.filter((place) => members.some((one) => one.places.includes(place)));
  return places.length === 0 ? [] : [{ to: { kind: 'internet' }, network: network.name, places }];
}
