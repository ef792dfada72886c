import { ComposeMap, mapOrNothing, stated } from './compose-value';
import { referred, RenderContext } from './context';
import { Report } from './report';
import { compareText, orNothing } from '../../plan/collections';
import { hostAddress, hostPortOf } from '../../plan/host-port';
import { Markers } from '../../plan/parameters';
import { Plan, PortPlan, ServicePlan } from '../../plan/plan';
import { Step } from '../../util/yaml-text';
import { from, fromEach, merge, Origin } from '../origin';
import { ofHostService, ofNamed, ofReference, ofService } from '../service-origins';

/** `ports`, `expose`, `networks`, `network_mode` and `extra_hosts`. */
export function networkKeys({ plan, networks, report, markers }: RenderContext, service: ServicePlan): ComposeMap {
  const opensOut = service.attachments.some(
    (one) => referred(networks, one.network, service, 'network').egress !== 'none',
  );
  const outside = service.ports.filter((port) => port.exposure !== 'internal');
  if (!opensOut && outside.length > 0) {
    reportUnpublished(service, outside, report);
  }
  const published = opensOut ? outside : [];
  const ports = from(() => ofService(service, 'port'), {
    ports: orNothing(sortedByHostPort(published, markers).map((port) => publishedPort(service, port, markers))),
    expose: orNothing(
      service.ports.filter((port) => !published.includes(port)).map((port) => exposedPort(service, port, markers)),
    ),
  });
  const links = from(() => ofService(service, 'network'), {
    networks: attachments(plan, service),
    network_mode: service.attachments.length === 0 ? 'none' : undefined,
  });
  const hosts = from(() => ofHosts(plan, service), {
    extra_hosts: orNothing([
      ...opensOut ? hostNames(plan, service) : [],
      ...(service.extraHosts ?? []).map(({ name, address }) => `${name}:${address}`),
    ]),
  });
  return merge<ComposeMap>(ports, links, hosts);
}

function ofHosts(plan: Plan, service: ServicePlan): Origin {
  return ofReference(service, 'network', ...service.hostServices.map((name) => ofHostService(plan, name)));
}

function exposedPort(service: ServicePlan, { port, protocol }: PortPlan, markers: Markers): string {
  return `${portNumber(service, port, markers)}${protocol === 'udp' ? '/udp' : ''}`;
}

function publishedPort(service: ServicePlan, port: PortPlan, markers: Markers): ComposeMap {
  return {
    target: portNumber(service, port.port, markers),
    published: port.hostPort === undefined ? undefined : String(portNumber(service, port.hostPort, markers)),
    host_ip: hostAddress(port),
    protocol: port.protocol,
  };
}

/** Text such as `22:22` would be a number to some readers, and a mapping to others. */
function portNumber(service: ServicePlan, port: number, markers: Markers): number | string {
  if (markers.ofNumber(port) !== undefined) {
    return String(port);
  }
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`${service.path}: ${JSON.stringify(port)} is not the number of a port.`);
  }
  return port;
}

/** A parameter without a default comes first. */
function sortedByHostPort(ports: readonly PortPlan[], markers: Markers): PortPlan[] {
  const numberOf = (port: PortPlan): number => markers.withDefaults(hostPortOf(port)) ?? 0;
  return [...ports].sort((a, b) => numberOf(a) - numberOf(b));
}

function attachments(plan: Plan, service: ServicePlan): ComposeMap['networks'] {
  const list = service.attachments;
  const ofNetwork = (name: Step) => ofReference(service, 'network', ofNamed(plan.networks, name));
  const settings = list.map(({ network, aliases, ipv4Address, ipv6Address }) => [network, stated({
    aliases: orNothing(aliases), ipv4_address: ipv4Address, ipv6_address: ipv6Address,
  })] as const);
  return settings.some(([, one]) => Object.keys(one).length > 0)
    ? fromEach(ofNetwork, mapOrNothing(settings))
    : fromEach((index) => ofNetwork(list[Number(index)].network), orNothing(list.map((one) => one.network)));
}

/**
 * Linux engines have no name for the host unless told; Docker Desktop takes the same line. Behind a relay the name is
 * the relay's.
 */
function hostNames(plan: Plan, service: ServicePlan): string[] {
  const direct = plan.hostServices.filter(
    (host) => service.hostServices.includes(host.name) && (host.relay ?? service.name) === service.name,
  );
  const names = direct.map((host) => host.hostname);
  return [...new Set(names)].sort(compareText).map((name) => `${name}:host-gateway`);
}

function reportUnpublished(service: ServicePlan, ports: readonly PortPlan[], report: Report): void {
  report.add({
    path: service.path,
    fact: 'port exposure',
    verdict: 'left-out',
    reason: 'An engine publishes no port of a service that is only on networks without egress, so '
      + `${ports.map((port) => port.port).join(', ')} stays inside.`,
    remedy: 'Attach the service to a network with egress as well, or put a proxy in front of it.',
  });
}
