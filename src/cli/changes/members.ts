import { sayReach } from './reaching';
import { Subject } from './subject';

/** A service as its networks see it. */
export interface Member {
  readonly subject: Subject;
  readonly networks: readonly string[];
  /** All that it says it listens on: `8811/tcp`. */
  readonly ports: readonly string[];
}

/**
 * Who reaches whom by sharing a network. Only pairs in which something differs between the two versions are looked at: a
 * thousand services on one network are a million pairs.
 */
export function sayPeers(before: readonly Member[], after: readonly Member[]): void {
  const changed = changedNames(before, after);
  for (const members of [before, after]) {
    for (const to of members) {
      const networks = new Set(to.networks);
      for (const from of members) {
        const isTold = changed.has(from.subject.name) || changed.has(to.subject.name);
        if (isTold && from !== to && from.networks.some((network) => networks.has(network))) sayPorts(from, to);
      }
    }
  }
}

function changedNames(before: readonly Member[], after: readonly Member[]): Set<string> {
  const [one, other] = [before, after].map((members) => new Map(members.map((member) => [member.subject.name, keyOf(member)])));
  return new Set([...one.keys(), ...other.keys()].filter((name) => one.get(name) !== other.get(name)));
}

function keyOf({ networks, ports }: Member): string {
  return JSON.stringify([[...networks].sort(), [...ports].sort()]);
}

function sayPorts(from: Member, to: Member): void {
  for (const port of to.ports) sayReach(from.subject, `${to.subject.name}:${port}`);
}
