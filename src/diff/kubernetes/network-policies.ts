import { KubernetesObject } from './objects';
import { outsideOf, peersOf, PolicyPeer, portsOf, sayOutside } from './policy-rules';
import { isEverything, selects } from './selectors';
import { Pod } from './workload';
import { sayReach } from '../reaching';
import { Subject, Subjects, THERE } from '../subject';
import { listOf, mapOf, textOf, Tree } from '../tree';

/** One way of a policy: in or out. */
interface Direction {
  readonly type: 'Ingress' | 'Egress';
  readonly rules: 'ingress' | 'egress';
  readonly end: 'from' | 'to';
}

const INGRESS: Direction = { type: 'Ingress', rules: 'ingress', end: 'from' };
const EGRESS: Direction = { type: 'Egress', rules: 'egress', end: 'to' };

/** Ports by the name of the other pod; undefined when no policy restricts the way, so that everything goes. */
type Ways = ReadonlyMap<string, ReadonlySet<string>> | undefined;

const EVERY_PORT = 'every port';

/** Who reaches whom where the policies are enforced: both ends must agree, and what no policy selects is open. */
export function readNetworkPolicies(
  subjects: Subjects,
  objects: readonly KubernetesObject[],
  pods: readonly Pod[],
  namespace: Subject,
): void {
  const policies = objects.map(({ tree }) => mapOf(tree.spec));
  const peers = new Peers(pods);
  const incoming = new Map(pods.map((pod) => [pod.subject.name, waysOf(pod, policies, INGRESS, peers)]));
  for (const pod of pods) {
    const outgoing = waysOf(pod, policies, EGRESS, peers);
    sayClosed(pod.subject, 'outgoing', outgoing);
    sayClosed(pod.subject, 'incoming', incoming.get(pod.subject.name));
    for (const [to, ports] of outgoing ?? []) {
      sayWays(pod.subject, to, ports, portsFrom(incoming.get(to), incoming.has(to), pod.subject.name));
    }
  }
  sayHalfWays(subjects, incoming);
  sayDefaults(policies, namespace);
}

/** Pods by the name of their service, so that a selector by that name need not look at all of them. */
class Peers {
  private readonly found = new Map<string, readonly Pod[]>();

  constructor(private readonly pods: readonly Pod[]) {}

  public of({ selector }: PolicyPeer): readonly Pod[] {
    const key = JSON.stringify(selector);
    const known = this.found.get(key) ?? this.pods.filter(({ labels }) => selects(selector, labels));
    this.found.set(key, known);
    return known;
  }
}

function waysOf(pod: Pod, policies: readonly Tree[], { type, rules, end }: Direction, peers: Peers): Ways {
  const selecting = policies.filter(
    (policy) => typesOf(policy).includes(type) && selects(policy.podSelector, pod.labels),
  );
  if (selecting.length === 0) { return undefined; }
  const ways = new Map<string, Set<string>>();
  for (const rule of selecting.flatMap((policy) => listOf(policy[rules]).map(mapOf))) {
    const ports = portsOf(rule) ?? [EVERY_PORT];
    const others = peersOf(rule[end]).flatMap((peer) => peers.of(peer)).filter((other) => other !== pod);
    for (const { subject: { name } } of others) { ways.set(name, new Set([...ways.get(name) ?? [], ...ports])); }
    sayOutside(pod.subject, type, outsideOf(rule[end]), ports);
  }
  return ways;
}

/** Without `policyTypes` a policy is one for what comes in, and for what goes out if it says something of that. */
function typesOf(policy: Tree): string[] {
  return policy.policyTypes === undefined
    ? ['Ingress', ...(policy.egress === undefined ? [] : ['Egress'])]
    : listOf(policy.policyTypes).map(textOf);
}

function sayClosed(subject: Subject, way: string, ways: Ways): void {
  subject.say({
    kind: 'network-policy',
    item: way,
    text: ways === undefined ? 'nothing is closed' : 'closed but for what is listed',
    power: { gives: ways === undefined ? ['all'] : [] },
  });
}

/** The ports that the other end lets in. */
function portsFrom(ways: Ways, isKnown: boolean, from: string): ReadonlySet<string> {
  if (!isKnown || ways === undefined) { return new Set([EVERY_PORT]); }
  return ways.get(from) ?? new Set();
}

function sayWays(from: Subject, to: string, out: ReadonlySet<string>, into: ReadonlySet<string>): void {
  const both = out.has(EVERY_PORT) ? into : new Set([...out].filter((port) => into.has(port) || into.has(EVERY_PORT)));
  for (const port of both) { sayReach(from, `${to}:${port}`); }
  for (const port of out) {
    if (!both.has(port) && port !== EVERY_PORT) {
      sayReach(from, `${to}:${port}`, { half: `only ${from.name} lets it out` });
    }
  }
}

/** What a pod lets in from one that has no way out to it, so that half of a change is not missed either. */
function sayHalfWays(subjects: Subjects, incoming: ReadonlyMap<string, Ways>): void {
  for (const [to, ways] of incoming) {
    for (const [from, ports] of ways ?? []) {
      const subject = subjects.find(from);
      for (const port of ports) {
        if (subject?.facts.has(`reaches\n${to}:${port}`) === false) {
          sayReach(subject, `${to}:${port}`, { half: `only ${to} lets it in` });
        }
      }
    }
  }
}

/** Policies that close the whole namespace, for pods that nobody thought of. */
function sayDefaults(policies: readonly Tree[], namespace: Subject): void {
  for (const { type, rules } of [INGRESS, EGRESS]) {
    const shut = policies.filter((policy) => typesOf(policy).includes(type) && listOf(policy[rules]).length === 0);
    if (shut.some(({ podSelector }) => isEverything(podSelector))) {
      namespace.say({ kind: 'default-deny', item: type.toLowerCase(), text: THERE, power: { guard: true } });
    }
  }
}
