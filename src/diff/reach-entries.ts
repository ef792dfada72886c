import { Access } from './access';
import { PRESENT, Subject, Subjects } from './subject';
import {
  EVERY_PORT,
  PodConnections,
  PodFacts,
  portsOfBoth,
  portsWith,
  ServiceFacts,
  TargetFacts,
} from '../plan/target-facts';

/** How a connection is limited, in the words of its target. */
interface Limitation extends Pick<Access, 'grants' | 'denies'> {
  readonly detail?: string;
  /** Why nothing passes yet, though one end allows it. */
  readonly oneSided?: string;
}

function addReach(subject: Subject, to: string, { detail, oneSided, ...access }: Limitation = {}): void {
  const level = oneSided === undefined ? 2 : 1;
  subject.add({ kind: 'reaches', item: to, text: oneSided ?? PRESENT, detail, access: { level, ...access } });
}

/** Adds where the networks of an engine lead to. */
export function addDestinations(subjects: Subjects, { services, networks }: TargetFacts): void {
  const byName = new Map(networks.map(({ name, leadsTo }) => [name, leadsTo]));
  for (const { name, attachments } of services) {
    const destinations = new Set(attachments.flatMap(({ network }) => byName.get(network) ?? []));
    destinations.forEach((to) => addReach(subjects.find(name)!, to));
  }
}

/**
 * A service that is reached by more is listed once, with their number: a thousand services on one network are a
 * million pairs.
 */
const MOST_PEERS = 50;

/** One version of an engine's services. */
export interface PeerSide {
  readonly subjects: Subjects;
  readonly services: readonly ServiceFacts[];
}

/** Who reaches one service. */
interface Reached {
  readonly to: string;
  /** Names by port. */
  readonly ways: ReadonlyMap<string, readonly string[]>;
  /** Rules that only one end of a connection allows. */
  readonly oneSided: readonly { readonly from: string; readonly port: string; readonly text: string }[];
}

/** Adds who reaches whom on a common network, as far as something differs between the two versions. */
export function addPeers(before: PeerSide, after: PeerSide): void {
  const changed = changedNames([before, after].map(({ services }) => new Map(
    services.map((service) => [service.name, networkKey(service)]))));
  addReached([before, after].map((side) => ({ side, reached: peersOf(side.services, changed) })));
}

/** Adds who reaches whom where network policies are enforced, as far as something differs: both ends must allow it. */
export function addConnections(before: PeerSide, after: PeerSide): void {
  const keys = new ConnectionKeys();
  const changed = changedNames([before, after].map(({ services }) => new Map(
    services.flatMap(({ name, pod }) => (pod === undefined ? [] : [[name, keys.of(pod)] as const])))));
  addReached([before, after].map((side) => ({ side, reached: connectionsOf(side.services, changed) })));
}

function addReached(sides: readonly { readonly side: PeerSide; readonly reached: readonly Reached[] }[]): void {
  const isCrowd = ({ ways }: Reached): boolean => [...ways.values()].some((from) => from.length > MOST_PEERS);
  const crowded = new Set(sides.flatMap(({ reached }) => reached.filter(isCrowd).map(({ to }) => to)));
  for (const { side: { subjects }, reached } of sides) {
    for (const { to, ways, oneSided } of reached) {
      for (const [port, from] of ways) {
        if (crowded.has(to)) {
          addCrowd(subjects.find(to)!, port, from);
        } else {
          from.forEach((name) => addReach(subjects.find(name)!, `${to}:${port}`));
        }
      }
      for (const { from, port, text } of crowded.has(to) ? [] : oneSided) {
        addReach(subjects.find(from)!, `${to}:${port}`, { oneSided: text });
      }
    }
  }
}

function addCrowd(subject: Subject, item: string, grants: readonly string[]): void {
  if (grants.length > 0) {
    const detail = `by ${grants.length} services`;
    subject.add({ kind: 'reached-on', item, text: PRESENT, detail, access: { level: 1, grants } });
  }
}

function changedNames([one, other]: readonly ReadonlyMap<string, string>[]): Set<string> {
  return new Set([...one.keys(), ...other.keys()].filter((name) => one.get(name) !== other.get(name)));
}

function peersOf(services: readonly ServiceFacts[], changed: ReadonlySet<string>): Reached[] {
  const others = services.filter(({ name }) => changed.has(name));
  return services.map((to) => {
    const networks = new Set(to.attachments.map(({ network }) => network));
    const candidates = changed.has(to.name) ? services : others;
    const from = candidates
      .filter((one) => one !== to && one.attachments.some(({ network }) => networks.has(network)))
      .map(({ name }) => name);
    return { to: to.name, ways: new Map(portsOf(to).map((port) => [port, from])), oneSided: [] };
  });
}

function networkKey(service: ServiceFacts): string {
  return JSON.stringify([service.attachments.map(({ network }) => network).sort(), portsOf(service).sort()]);
}

/** Ports that the service declares: `8811/tcp`. */
function portsOf({ ports }: ServiceFacts): string[] {
  return [...new Set(ports.map(({ port }) => port))];
}

function connectionsOf(services: readonly ServiceFacts[], changed: ReadonlySet<string>): Reached[] {
  const all = services.filter(({ pod }) => pod !== undefined);
  const others = all.filter(({ name }) => changed.has(name));
  return all.map((to) => {
    const declared = portsOf(to);
    const ways = new Map<string, string[]>();
    const oneSided: Reached['oneSided'][number][] = [];
    const candidates = (changed.has(to.name) ? all : others).filter((one) => one !== to);
    // without policies at both ends nothing is closed, which is one entry
    for (const from of candidates.filter(({ pod }) => pod?.outgoing !== undefined || to.pod?.incoming !== undefined)) {
      const [out, into] = [portsWith(from.pod?.outgoing, to.name), portsWith(to.pod?.incoming, from.name)];
      const both = portsOfBoth(out, into);
      both.forEach((port) => ways.set(port, [...ways.get(port) ?? [], from.name]));
      const one = (ports: Iterable<string>, end: string, how: string) => [...ports]
        .filter((port) => port !== EVERY_PORT && !both.includes(port))
        .forEach((port) => oneSided.push({ from: from.name, port, text: `only ${end} lets it ${how}` }));
      // the members of a network send to all of its ports, and each accepts its own
      one([...out].filter((port) => declared.includes(port)), from.name, 'out');
      one(into, to.name, 'in');
    }
    return { to: to.name, ways, oneSided };
  });
}

/** Texts that are equal for pods with the same connections, though a network has many pods. */
class ConnectionKeys {
  private readonly sets = new Map<ReadonlySet<string>, number>();
  private readonly texts = new Map<string, number>();

  public of({ outgoing, incoming }: PodFacts): string {
    return JSON.stringify([outgoing, incoming].map((one) => one?.peers.map(
      ({ services, ports }) => [this.numberOf(services), ports])));
  }

  private numberOf(services: ReadonlySet<string>): number {
    const text = this.sets.has(services) ? '' : JSON.stringify([...services].sort());
    const number = this.sets.get(services) ?? this.texts.get(text) ?? this.texts.size;
    this.sets.set(services, number);
    if (text !== '') { this.texts.set(text, number); }
    return number;
  }
}

/** Adds what network policies close, and the peers outside of the folder. */
export function addPolicies(subjects: Subjects, services: readonly ServiceFacts[]): void {
  for (const { name, pod } of services) {
    if (pod !== undefined) {
      addPolicyState(subjects.find(name)!, 'outgoing', pod.outgoing);
      addPolicyState(subjects.find(name)!, 'incoming', pod.incoming);
    }
  }
}

function addPolicyState(subject: Subject, direction: 'outgoing' | 'incoming', connections?: PodConnections): void {
  const isOpen = connections === undefined;
  subject.add({
    kind: 'network-policy',
    item: direction,
    text: isOpen ? 'nothing is closed' : 'closed but for what is listed',
    access: { grants: isOpen ? ['all'] : [] },
  });
  for (const { name, block = '', except, ports } of connections?.outside ?? []) {
    const addresses = [block, ...(except.length === 0 ? [] : ['but not', ...except])].join(' ');
    const detail = [addresses, ports.join(' ')].filter((text) => text !== '').join(' on ');
    const access = {
      grants: ports.map((port) => `${block} ${port}`),
      denies: except.map((one) => `${block} ${one}`),
    };
    if (direction === 'outgoing') {
      addReach(subject, name, { detail, ...access });
    } else {
      subject.add({ kind: 'reached-by', item: name, text: PRESENT, detail, access: { level: 1, ...access } });
    }
  }
}

/** Adds the directions that are closed for all pods, also for those that no other policy covers. */
export function addDefaultDenies(namespace: Subject, denies: readonly string[]): void {
  denies.forEach((item) => namespace.add({ kind: 'default-deny', item, text: PRESENT, access: { restricts: true } }));
}

