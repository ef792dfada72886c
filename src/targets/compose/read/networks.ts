import { NetworkFacts, PortFact, ServiceFacts, SettingFact } from '../../../plan/target-facts';
import { entriesOf, isMap, listOf, mapOf, misfitsOf, pairsOf, settingsOf, textOf, Tree } from '../../tree';

/** The network of a service that names none. */
const DEFAULT = 'default';

/** Without an address of its own, the bridge of an internal network does not lead to the host. */
const NO_ADDRESS = 'com.docker.network.bridge.inhibit_ipv4';

/** Reads `networks` of the file, with the default network of Compose. */
export function readNetworks(value: unknown): NetworkFacts[] {
  const declared = mapOf(value);
  return Object.entries({ [DEFAULT]: undefined, ...declared }).map(([name, entry]) => {
    const network = mapOf(entry);
    const options = pairsOf(network.driver_opts).filter(([option]) => option !== NO_ADDRESS);
    return {
      name,
      declared: name !== DEFAULT || isMap(declared[DEFAULT]),
      leadsTo: destinations(network),
      settings: [
        ...settingsOf(Object.fromEntries(options), { read: [], harmless: [] }, 'driver_opts.'),
        ...settingsOf(network, { read: ['driver_opts', 'internal'], harmless: ['labels', 'ipam', 'name'] }),
        ...misfitsOf(declared, [name], 'networks.'),
      ],
    };
  });
}

function destinations(network: Tree): NetworkFacts['leadsTo'] {
  if (network.internal !== true) { return ['the host', 'the internet']; }
  return new Map(pairsOf(network.driver_opts)).get(NO_ADDRESS) === 'true' ? [] : ['the host'];
}

/** Reads `networks` of a service. One with a `network_mode` has none. */
export function readAttachments(
  service: Tree,
): { readonly attachments: ServiceFacts['attachments']; readonly settings: SettingFact[] } {
  if (textOf(service.network_mode) !== '') { return { attachments: [], settings: [] }; }
  const entries = entriesOf(service.networks);
  const joined = entries.length === 0 ? [[DEFAULT, undefined] as const] : entries;
  return {
    attachments: joined.map(([network, options]) => ({
      network,
      aliases: listOf(mapOf(options).aliases).map(textOf),
    })),
    settings: joined.flatMap(([network, options]) =>
      settingsOf(mapOf(options), { read: ['aliases'], harmless: [] }, `networks.${network}.`),
    ),
  };
}

/** Reads `ports` and `expose`. */
export function readPorts(service: Tree): { readonly ports: PortFact[]; readonly settings: SettingFact[] } {
  const published = listOf(service.ports).map((entry) => (isMap(entry) ? longForm(entry) : shortForm(textOf(entry))));
  const taken = new Set(published.map(({ port }) => port));
  const inside = listOf(service.expose).map((entry) => withProtocol(textOf(entry))).filter((port) => !taken.has(port));
  return {
    ports: [
      ...published.map((one): PortFact => ({
        port: one.port,
        exposure: exposureOf(one.address),
        hostPort: one.hostPort || undefined,
        address: addressText(one),
      })),
      ...inside.map((port): PortFact => ({ port, exposure: 'inside' })),
    ],
    settings: listOf(service.ports).flatMap((entry) =>
      settingsOf(mapOf(entry), PORT_KEYS, `ports.${textOf(mapOf(entry).target)}.`),
    ),
  };
}

const PORT_KEYS = { read: ['target', 'published', 'host_ip', 'protocol'], harmless: ['name', 'app_protocol'] };

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

function exposureOf(address: string): PortFact['exposure'] {
  if (address === EVERYWHERE || /^[0:]+$/.test(address)) { return 'every interface'; }
  return /^127\.|^::1$|^localhost$/.test(address) ? 'loopback' : 'one address';
}

function addressText({ address, hostPort }: Published): string {
  if (hostPort === '') { return `${address}, any port`; }
  return `${address.includes(':') ? `[${address}]` : address}:${hostPort}`;
}
