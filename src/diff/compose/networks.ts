import { sayRight } from '../security';
import { saySettings } from '../settings';
import { Subject, Subjects, THERE } from '../subject';
import { entriesOf, isMap, listOf, mapOf, pairsOf, textOf, Tree } from '../tree';

/** The network of a service that names none. */
const DEFAULT = 'default';

/** Without an address of its own the bridge of an inner network does not lead to the host. */
const NO_ADDRESS = 'com.docker.network.bridge.inhibit_ipv4';

const HOST = 'the host';
const INTERNET = 'the internet';

/** What each network opens beside its members. */
export type Openings = ReadonlyMap<string, readonly string[]>;

/** `networks` of the file. */
export function readNetworks(subjects: Subjects, value: unknown): Openings {
  const networks = { [DEFAULT]: undefined, ...mapOf(value) };
  return new Map(Object.entries(networks).map(([name, entry]) => {
    const network = mapOf(entry);
    const opens = openingsOf(network);
    if (name !== DEFAULT || isMap(mapOf(value)[DEFAULT])) { sayNetwork(subjects, name, network, opens); }
    return [name, opens];
  }));
}

function openingsOf(network: Tree): string[] {
  if (network.internal !== true) { return [HOST, INTERNET]; }
  const options = new Map(pairsOf(network.driver_opts));
  return options.get(NO_ADDRESS) === 'true' ? [] : [HOST];
}

function sayNetwork(subjects: Subjects, name: string, network: Tree, opens: readonly string[]): void {
  const text = opens.length === 0 ? 'nowhere' : opens.join(' and ');
  const subject = subjects.get(`network ${name}`, { kind: 'network', summary: `leads to ${text}` });
  subject.say({ kind: 'leads-to', text, power: { gives: opens } });
  const options = Object.fromEntries(pairsOf(network.driver_opts).filter(([option]) => option !== NO_ADDRESS));
  saySettings(subject, options, { read: [], harmless: [] }, 'driver_opts.');
  saySettings(subject, network, { read: ['driver_opts', 'internal'], harmless: ['labels', 'ipam', 'name'] });
}

/** The networks a service is on, by `networks` or `network_mode`. Gives back their names. */
export function sayAttachments(subject: Subject, service: Tree): string[] {
  if (service.network_mode !== undefined) {
    const mode = textOf(service.network_mode);
    if (mode !== 'none') { sayRight(subject, 'network-of', mode === 'host' ? HOST : mode); }
    return [];
  }
  const entries = entriesOf(service.networks);
  const joined = entries.length === 0 ? [[DEFAULT, undefined] as const] : entries;
  for (const [name, options] of joined) {
    subject.say({ kind: 'network', item: name, text: THERE, power: { level: 1 } });
    for (const alias of listOf(mapOf(options).aliases)) {
      subject.say({ kind: 'alias', item: `${textOf(alias)} on ${name}`, text: THERE });
    }
    saySettings(subject, mapOf(options), { read: ['aliases'], harmless: [] }, `networks.${name}.`);
  }
  return joined.map(([name]) => name);
}
