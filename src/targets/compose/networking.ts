import { ComposeMap, mapOrNothing, orNothing } from './compose-value';
import { referred, RenderContext } from './context';
import { Report } from './report';
import { compareText } from '../../plan/order';
import { Plan, PortPlan, ServicePlan } from '../../plan/plan';

/** `ports`, `expose`, `networks`, `network_mode` and `extra_hosts`. */
export function networkKeys({ plan, networks, report }: RenderContext, service: ServicePlan): ComposeMap {
  const opensOut = service.attachments.some(
    (one) => referred(networks, one.network, service, 'network').egress !== 'none',
  );
  const outside = service.ports.filter((port) => port.exposure !== 'internal');
  if (!opensOut && outside.length > 0) {
    tellUnpublished(service, outside, report);
  }
  const published = opensOut ? outside : [];
  return {
    ports: orNothing(published.map((port) => publishedPort(service, port)).sort(byHostPort)),
    expose: orNothing(
      service.ports.filter((port) => !published.includes(port)).map((port) => exposedPort(service, port)),
    ),
    networks: attachments(service),
    network_mode: service.attachments.length === 0 ? 'none' : undefined,
    extra_hosts: opensOut ? orNothing(hostNames(plan, service)) : undefined,
  };
}

function exposedPort(service: ServicePlan, { port, protocol }: PortPlan): string {
  return `${portNumber(service, port)}${protocol === 'udp' ? '/udp' : ''}`;
}

function publishedPort(service: ServicePlan, port: PortPlan): ComposeMap {
  return {
    target: portNumber(service, port.port),
    published: String(portNumber(service, port.hostPort ?? port.port)),
    host_ip: port.exposure === 'published' ? '0.0.0.0' : '127.0.0.1',
    protocol: port.protocol,
  };
}

/** Text such as `22:22` would be a number to some readers, and a mapping to others. */
function portNumber(service: ServicePlan, port: number): number {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`${service.path}: ${JSON.stringify(port)} is not the number of a port.`);
  }
  return port;
}

function byHostPort(a: ComposeMap, b: ComposeMap): number {
  return Number(a.published) - Number(b.published);
}

function attachments({ attachments: list }: ServicePlan): ComposeMap['networks'] {
  return list.some((one) => one.aliases.length > 0)
    ? mapOrNothing(list.map((one) => [one.network, one.aliases.length > 0 ? { aliases: one.aliases } : {}]))
    : orNothing(list.map((one) => one.network));
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

function tellUnpublished(service: ServicePlan, ports: readonly PortPlan[], report: Report): void {
  report.tell({
    path: service.path,
    fact: 'port exposure',
    verdict: 'left-out',
    reason: `An engine publishes no port of a service that is only on networks without egress, so ${ports.map((port) => port.port).join(', ')} stays inside.`,
    remedy: 'Attach the service to a network with egress as well, or put a proxy in front of it.',
  });
}
