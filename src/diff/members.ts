import { sayReach } from './reaching';
import { Subject, THERE } from './subject';

/** A service as its networks see it. */
export interface Member {
  readonly subject: Subject;
  readonly networks: readonly string[];
  /** All that it says it listens on: `8811/tcp`. */
  readonly ports: readonly string[];
}

/**
 * A service that more reach is told once, with their number: a thousand services on one network are a million pairs.
 */
const CROWD = 50;

/** Who reaches whom by sharing a network, as far as something differs between the two versions. */
export function sayPeers(before: readonly Member[], after: readonly Member[]): void {
  const changed = changedNames(before, after);
  const versions = [before, after].map((members) => peersOf(members, changed));
  const crowded = new Set(
    versions.flatMap((version) => version.filter(({ froms }) => froms.length > CROWD).map(({ to }) => to.subject.name)),
  );
  for (const { to, froms } of versions.flat()) {
    if (crowded.has(to.subject.name)) {
      sayCrowd(to, froms);
    } else {
      for (const { subject } of froms) { to.ports.forEach((port) => sayReach(subject, `${to.subject.name}:${port}`)); }
    }
  }
}

interface Peers {
  readonly to: Member;
  readonly froms: readonly Member[];
}

function peersOf(members: readonly Member[], changed: ReadonlySet<string>): Peers[] {
  const others = members.filter(({ subject }) => changed.has(subject.name));
  return members.map((to) => {
    const networks = new Set(to.networks);
    const candidates = changed.has(to.subject.name) ? members : others;
    return {
      to,
      froms: candidates.filter((from) => from !== to && from.networks.some((network) => networks.has(network))),
    };
  });
}

function sayCrowd({ subject, ports }: Member, froms: readonly Member[]): void {
  const gives = froms.map((from) => from.subject.name);
  for (const port of gives.length === 0 ? [] : ports) {
    subject.say({
      kind: 'reached-on',
      item: port,
      text: THERE,
      detail: `by ${gives.length} services`,
      power: { level: 1, gives },
    });
  }
}

function changedNames(before: readonly Member[], after: readonly Member[]): Set<string> {
  const [one, other] = [before, after].map(
    (members) => new Map(members.map((member) => [member.subject.name, keyOf(member)])),
  );
  return new Set([...one.keys(), ...other.keys()].filter((name) => one.get(name) !== other.get(name)));
}

function keyOf({ networks, ports }: Member): string {
  return JSON.stringify([[...networks].sort(), [...ports].sort()]);
}
