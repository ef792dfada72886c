import { Access } from './access';
import { PRESENT, Subject, Subjects } from './subject';
import { EVERY_PORT, PodConnections, ServiceFacts, TargetFacts } from '../plan/target-facts';

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

/** Adds who reaches whom on a common network, as far as something differs between the two versions. */
export function addPeers(before: PeerSide, after: PeerSide): void {
  const changed = changedNames(before.services, after.services);
  const sides = [before, after].map((side) => ({ side, reached: peersOf(side.services, changed) }));
  const crowded = new Set(
    sides.flatMap(({ reached }) => reached.filter(({ from }) => from.length > MOST_PEERS).map(({ to }) => to.name)),
  );
  for (const { side: { subjects }, reached } of sides) {
    for (const { to, from } of reached) {
      if (crowded.has(to.name)) {
        addCrowd(subjects.find(to.name)!, to, from);
      } else {
        from.forEach(({ name }) => portsOf(to).forEach((port) => addReach(subjects.find(name)!, `${to.name}:${port}`)));
      }
    }
  }
}

function peersOf(
  services: readonly ServiceFacts[],
  changed: ReadonlySet<string>,
): { readonly to: ServiceFacts; readonly from: readonly ServiceFacts[] }[] {
  const others = services.filter(({ name }) => changed.has(name));
  return services.map((to) => {
    const networks = new Set(to.attachments.map(({ network }) => network));
    const candidates = changed.has(to.name) ? services : others;
    const from = candidates.filter((one) => one !== to && one.attachments.some(({ network }) => networks.has(network)));
    return { to, from };
  });
}

function addCrowd(subject: Subject, to: ServiceFacts, from: readonly ServiceFacts[]): void {
  const grants = from.map(({ name }) => name);
  for (const item of grants.length === 0 ? [] : portsOf(to)) {
    const detail = `by ${grants.length} services`;
    subject.add({ kind: 'reached-on', item, text: PRESENT, detail, access: { level: 1, grants } });
  }
}

function changedNames(before: readonly ServiceFacts[], after: readonly ServiceFacts[]): Set<string> {
  const [one, other] = [before, after].map(
    (services) => new Map(services.map((service) => [service.name, networkKey(service)])),
  );
  return new Set([...one.keys(), ...other.keys()].filter((name) => one.get(name) !== other.get(name)));
}

function networkKey(service: ServiceFacts): string {
  return JSON.stringify([service.attachments.map(({ network }) => network).sort(), portsOf(service).sort()]);
}

/** Ports that the service declares: `8811/tcp`. */
function portsOf({ ports }: ServiceFacts): string[] {
  return [...new Set(ports.map(({ port }) => port))];
}

/** Adds who reaches whom where network policies are enforced: both ends must allow it. */
export function addConnections(subjects: Subjects, services: readonly ServiceFacts[]): void {
  const pods = services.flatMap(({ name, pod }) => (pod === undefined ? [] : [{ ...pod, name }]));
  const incoming = new Map(pods.map((pod) => [pod.name, pod.incoming]));
  for (const pod of pods) {
    const subject = subjects.find(pod.name)!;
    addPolicyState(subject, 'outgoing', pod.outgoing);
    addPolicyState(subject, 'incoming', pod.incoming);
    for (const [to, ports] of pod.outgoing?.services ?? []) {
      addWays(subject, to, ports, acceptedPorts(incoming.get(to), pod.name));
    }
  }
  addIncomingOnly(subjects, incoming);
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

/** The ports that the other end accepts. */
function acceptedPorts(incoming: PodConnections | undefined, from: string): ReadonlySet<string> {
  return incoming === undefined ? new Set([EVERY_PORT]) : incoming.services.get(from) ?? new Set();
}

function addWays(from: Subject, to: string, out: ReadonlySet<string>, into: ReadonlySet<string>): void {
  const both = out.has(EVERY_PORT) ? into : new Set([...out].filter((port) => into.has(port) || into.has(EVERY_PORT)));
  both.forEach((port) => addReach(from, `${to}:${port}`));
  for (const port of out) {
    if (!both.has(port) && port !== EVERY_PORT) {
      addReach(from, `${to}:${port}`, { oneSided: `only ${from.name} lets it out` });
    }
  }
}

/** What a pod accepts from one that may not send it, so that half of a change is not missed either. */
function addIncomingOnly(subjects: Subjects, incoming: ReadonlyMap<string, PodConnections | undefined>): void {
  for (const [to, connections] of incoming) {
    for (const [from, ports] of connections?.services ?? []) {
      const subject = subjects.find(from);
      for (const port of ports) {
        if (subject?.has('reaches', `${to}:${port}`) === false) {
          addReach(subject, `${to}:${port}`, { oneSided: `only ${to} lets it in` });
        }
      }
    }
  }
}

/** Adds the directions that are closed for all pods, also for those that no other policy covers. */
export function addDefaultDenies(namespace: Subject, denies: readonly string[]): void {
  denies.forEach((item) => namespace.add({ kind: 'default-deny', item, text: PRESENT, access: { restricts: true } }));
}

