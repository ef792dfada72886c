import { ComposeMap, mapOrNothing, stated } from './compose-value';
import { RenderContext } from './context';
import { NetworkPlan, VolumePlan } from '../../plan/plan';
import { from, origin } from '../origin';

/** `networks:`, those that a service of a workstation is on. */
export function networkEntries({ plan, services, report }: RenderContext): ComposeMap | undefined {
  const used = plan.networks.filter((network) => network.members.some((member) => services.has(member)));
  const relays = new Set(plan.hostServices.map(({ relay }) => relay));
  used.forEach((network) => reportNetwork(network, network.members.every((member) => relays.has(member)), report));
  return mapOrNothing(
    used.map((network) => [network.name, from(() => origin([network.path], ['network']), networkEntry(network))]),
  );
}

function reportNetwork({ path, egress }: NetworkPlan, isOfRelays: boolean, report: RenderContext['report']): void {
  switch (egress) {
    case 'none':
      report.add({
        path,
        fact: 'inner network',
        verdict: 'adapted',
        reason:
          'On an internal network the host stands at the gateway address, with all that listens there; so '
            + "the network's bridge gets no address. Seen to hold on Docker Engine 20.10, 26.1 and 28.5.",
        remedy:
          'Use Docker Engine 20.10 or later with the driver for bridges; other engines may ignore '
            + 'com.docker.network.bridge.inhibit_ipv4.',
      });
      return;
    case 'host':
      report.add({
        path,
        fact: 'host egress',
        verdict: 'adapted',
        reason:
          'An engine cannot keep an ordinary network to the host alone, nor to one port of it: its members '
            + 'also reach the internet.',
        remedy: isOfRelays
          ? 'Nothing: only a relay is on it, which passes on to the one port of the host.'
          : 'Put the service on a network without egress, and a relay for the one port of the host between them.',
      });
      return;
    case 'internet':
      report.add({
        path,
        fact: 'internet egress',
        verdict: 'adapted',
        reason:
          'An engine cannot keep an ordinary network from the host: its members also reach what listens on '
            + "all of the host's addresses.",
        remedy: "Let the host's servers listen on 127.0.0.1 only, or let the host's firewall refuse this network.",
      });
  }
}

/**
 * `internal` alone leaves a hole: at the network's gateway address stands the host, with whatever listens on all its
 * interfaces. Without that address members reach each other only. Engines from 28 on have gateway_mode_ipv4 for the
 * same, which older ones ignore at best; this one is heeded by both.
 */
function networkEntry({ name, egress, engine = {} }: NetworkPlan): ComposeMap {
  if (engine.external) {
    return stated({ external: true, name: engine.name ?? name });
  }
  const isBridge = engine.driver === undefined || engine.driver === 'bridge';
  const closed = egress === 'none' && isBridge ? [['com.docker.network.bridge.inhibit_ipv4', 'true'] as const] : [];
  const { subnets } = engine;
  return stated({
    driver_opts: mapOrNothing([...closed, ...Object.entries(engine.driverOpts ?? {})]),
    internal: egress === 'none' || undefined,
    name: engine.name,
    driver: engine.driver,
    attachable: engine.attachable,
    enable_ipv6: engine.enableIpv6,
    ipam: subnets && {
      config: subnets.map(({ subnet, ipRange, gateway }) =>
        stated({ subnet, ip_range: ipRange, gateway })),
    },
  });
}

/** `volumes:`, all but folders of the host. Folders of the host are at the services. */
export function volumeEntries({ plan, services, report }: RenderContext): ComposeMap | undefined {
  const used = plan.volumes.filter(
    (volume) => volume.source.kind !== 'host-directory' && volume.users.some((user) => services.has(user.service)),
  );
  for (const volume of used.filter(({ source }) => source.kind === 'persistent')) {
    reportSize(volume, report);
  }
  return mapOrNothing(
    used.map((volume) => [volume.name, from(() => origin([volume.path], ['volume']), volumeEntry(volume))]),
  );
}

function volumeEntry({ source, engine, name }: VolumePlan): ComposeMap {
  const pairs = (list: readonly { name: string; value: string }[] = []): ComposeMap | undefined =>
    mapOrNothing(list.map((one) => [one.name, one.value]));
  return {
    name: engine?.name ?? (source.kind === 'external' ? name : undefined),
    external: source.kind === 'external' || undefined,
    driver: engine?.driver,
    driver_opts: pairs(engine?.driverOptions),
    labels: pairs(engine?.labels),
  };
}

function reportSize(volume: VolumePlan, report: RenderContext['report']): void {
  report.add({
    path: volume.path,
    fact: 'volume size',
    verdict: 'left-out',
    reason: 'An engine does not limit a volume, so its size is not enforced.',
    remedy: 'Watch the disk, or keep the engine\'s data on a partition of its own.',
  });
}
