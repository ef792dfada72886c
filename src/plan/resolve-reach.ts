import { compareText } from './collections';
import { HostServicePlan, NetworkPlan, Place, ReachPlan, ServicePlan } from './plan';

/** Who reaches whom: members of a network reach each other's ports, and what the network opens beside that. */
export function resolveReaches(
  services: readonly ServicePlan[],
  hostServices: readonly HostServicePlan[],
  networks: readonly NetworkPlan[],
): ReachPlan[] {
  const byName = new Map(services.map((one) => [one.name, one]));
  const hosts = new Map(hostServices.map((one) => [one.name, one]));
  const reaches = networks.flatMap((network) => {
    const members = network.members.flatMap((name) => byName.get(name) ?? []);
    return members.flatMap((from) => [
      ...peerReaches(from, members, network.name),
      ...hostReaches(from, network, hosts, byName),
      ...internetReaches(from, network),
    ]);
  });
  return reaches.sort((a, b) => compareText(sortKey(a), sortKey(b)));
}

function peerReaches(from: ServicePlan, members: readonly ServicePlan[], network: string): ReachPlan[] {
  return members
    .filter((to) => to !== from)
    .flatMap((to) => reachesTo(from, to, network, shared(from.places, to.places)));
}

function reachesTo(from: ServicePlan, to: ServicePlan, network: string, places: readonly Place[]): ReachPlan[] {
  return places.length === 0 ? [] : to.ports.map((port) => ({
    from: from.name,
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
function internetReaches(from: ServicePlan, network: NetworkPlan): ReachPlan[] {
  const places =
    network.egress === 'internet' ? from.places : network.egress === 'host' ? shared(from.places, ['workstation']) : [];
  return places.length === 0 ? [] : [{ from: from.name, to: { kind: 'internet' }, network: network.name, places }];
}

function shared(a: readonly Place[], b: readonly Place[]): Place[] {
  return a.filter((one) => b.includes(one));
}

function sortKey(reach: ReachPlan): string {
  const to =
    reach.to.kind === 'internet'
      ? '~internet'
      : `${reach.to.name}\t${reach.to.kind}\t${String(reach.to.port).padStart(5, '0')}\t${reach.to.protocol}`;
  return `${reach.from}\t${to}\t${reach.network}\t${reach.places.join()}`;
}
