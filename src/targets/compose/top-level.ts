import { ComposeMap, mapOrNothing } from './compose-value';
import { RenderContext } from './context';
import { NetworkPlan, VolumePlan } from '../../plan/plan';

/** `networks:`, those that a service of a workstation is on. */
export function networkEntries({ plan, services, report }: RenderContext): ComposeMap | undefined {
  const used = plan.networks.filter(network => network.members.some(member => services.has(member)));
  for (const network of used.filter(one => one.egress === 'host')) {
    report.tell({
      path: network.path,
      fact: 'host egress',
      verdict: 'adapted',
      reason: 'An engine cannot keep an ordinary network to the host alone: its members also reach the internet.',
      remedy: 'Put the service on a network without egress, and a relay for the one port of the host between them.',
    });
  }
  return mapOrNothing(used.map(network => [network.name, networkEntry(network)]));
}

/**
 * `internal` alone leaves a hole: at the network's gateway address stands the host, with whatever listens on all its interfaces. Without
 * that address members reach each other only; engines from 20.10 on do so.
 */
function networkEntry(network: NetworkPlan): ComposeMap {
  return network.egress === 'none' ? { driver_opts: { 'com.docker.network.bridge.inhibit_ipv4': 'true' }, internal: true } : {};
}

/** `volumes:`, the persistent ones; folders of the host stand at the services. */
export function volumeEntries({ plan, services, report }: RenderContext): ComposeMap | undefined {
  const used = plan.volumes.filter(volume => volume.source.kind === 'persistent' && volume.users.some(user => services.has(user.service)));
  for (const volume of used) {
    tellSize(volume, report);
  }
  return mapOrNothing(used.map(volume => [volume.name, {}]));
}

function tellSize(volume: VolumePlan, report: RenderContext['report']): void {
  report.tell({
    path: volume.path,
    fact: 'volume size',
    verdict: 'left-out',
    reason: `An engine does not limit a volume, so ${volume.megabytes} MB is not enforced.`,
    remedy: 'Watch the disk, or keep the engine\'s data on a partition of its own.',
  });
}
