import { Exposure, sayPort } from '../reaching';
import { Subject } from '../subject';
import { isMap, listOf, textOf, Tree } from '../tree';

/** Ports that are published, and those that only other services reach. Gives back all of them, as `8811/tcp`. */
export function sayPorts(subject: Subject, service: Tree): string[] {
  const published = listOf(service.ports).map((entry) => (isMap(entry) ? longForm(entry) : shortForm(textOf(entry))));
  for (const { port, address, hostPort } of published) {
    sayPort(
      subject,
      port,
      exposureOf(address),
      hostPort === '' ? `${address}, any port` : `${address.includes(':') ? `[${address}]` : address}:${hostPort}`,
    );
  }
  const taken = new Set(published.map(({ port }) => port));
  const inside = listOf(service.expose).map((entry) => withProtocol(textOf(entry))).filter((port) => !taken.has(port));
  for (const port of inside) { sayPort(subject, port, 'inside'); }
  return [...taken, ...inside];
}

interface Published {
  readonly port: string;
  readonly address: string;
  readonly hostPort: string;
}

const EVERYWHERE = '0.0.0.0';

function longForm(entry: Tree): Published {
  return {
    port: `${textOf(entry.target)}/${textOf(entry.protocol ?? 'tcp')}`,
    address: textOf(entry.host_ip ?? EVERYWHERE) || EVERYWHERE,
    hostPort: textOf(entry.published),
  };
}

/** `[[address:]hostPort:]port[/protocol]`, where an address of IPv6 has brackets. */
function shortForm(text: string): Published {
  const match = /^(?:(\[[^\]]*\]|[^:]*):)??(?:([^:]*):)?([^:]+)$/.exec(text);
  if (match === null) { return { port: text, address: EVERYWHERE, hostPort: '' }; }
  const [, address = '', hostPort = '', port] = match;
  return { port: withProtocol(port), address: address.replace(/^\[|\]$/g, '') || EVERYWHERE, hostPort };
}

function withProtocol(port: string): string {
  return port.includes('/') ? port : `${port}/tcp`;
}

function exposureOf(address: string): Exposure {
  if (address === EVERYWHERE || /^[0:]+$/.test(address)) { return 'every interface'; }
  return /^127\.|^::1$|^localhost$/.test(address) ? 'loopback' : 'one address';
}
