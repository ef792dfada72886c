import { isEverything, selects, selectorText } from './objects';
import { Pod } from './workload';
import { EVERY_PORT, OutsideFact, PodConnections, PodFacts } from '../../../plan/target-facts';
import { isMap, listOf, mapOf, textOf, Tree } from '../../tree';

/** One direction of a policy. */
interface Direction {
  readonly type: 'Ingress' | 'Egress';
  readonly rules: 'ingress' | 'egress';
  readonly end: 'from' | 'to';
}

const INGRESS: Direction = { type: 'Ingress', rules: 'ingress', end: 'from' };
const EGRESS: Direction = { type: 'Egress', rules: 'egress', end: 'to' };

/** Reads what the policies let each pod send and receive, in the order of the pods. */
export function readConnections(
  pods: readonly Pod[],
  policies: readonly Tree[],
): Pick<PodFacts, 'outgoing' | 'incoming'>[] {
  const selection = new Selection(pods);
  const outgoing = connectionsOf(policies, EGRESS, selection);
  const incoming = connectionsOf(policies, INGRESS, selection);
  return pods.map((pod) => ({ outgoing: outgoing.get(pod), incoming: incoming.get(pod) }));
}

/** Returns the directions that a policy closes for every pod, also for pods that are added later. */
export function readDenies(policies: readonly Tree[]): ('ingress' | 'egress')[] {
  return [INGRESS, EGRESS]
    .filter(({ type, rules }) =>
      policies.some(
        (policy) =>
          typesOf(policy).includes(type) && listOf(policy[rules]).length === 0 && isEverything(policy.podSelector),
      ),
    )
    .map(({ rules }) => rules);
}

/** Finds pods by selector. Each selector is looked up once, and only among pods with one of its labels. */
class Selection {
  private readonly pods: readonly Pod[];
  private readonly byLabel = new Map<string, Pod[]>();
  private readonly found = new Map<string, readonly Pod[]>();
  private readonly names = new Map<readonly Pod[], ReadonlySet<string>>();

  constructor(pods: readonly Pod[]) {
    this.pods = pods;
    for (const pod of pods) {
      for (const label of Object.entries(pod.labels)) {
        const key = JSON.stringify(label);
        const labelled = this.byLabel.get(key);
        if (labelled === undefined) {
          this.byLabel.set(key, [pod]);
        } else {
          labelled.push(pod);
        }
      }
    }
  }

  public of(selector: unknown): readonly Pod[] {
    const key = JSON.stringify(selector) ?? '';
    const known = this.found.get(key) ?? this.candidates(selector).filter(({ labels }) => selects(selector, labels));
    this.found.set(key, known);
    return known;
  }

  /** Returns the names of services: one set for all rules with the same selector. */
  public servicesOf(selector: unknown): ReadonlySet<string> {
    const pods = this.of(selector);
    const known = this.names.get(pods) ?? new Set(pods.map(({ service }) => service.name));
    this.names.set(pods, known);
    return known;
  }

  private candidates(selector: unknown): readonly Pod[] {
    const lists = Object.entries(mapOf(mapOf(selector).matchLabels))
      .map((label) => this.byLabel.get(JSON.stringify(label)) ?? []);
    return lists.reduce((least, list) => (list.length < least.length ? list : least), this.pods);
  }
}

/** Pods that no policy selects for the direction are not in the map. */
function connectionsOf(
  policies: readonly Tree[],
  { type, rules, end }: Direction,
  selection: Selection,
): Map<Pod, PodConnections> {
  const selecting = policies.filter((policy) => typesOf(policy).includes(type)).flatMap((policy) => {
    const read = listOf(policy[rules]).map(mapOf).map((rule): PodConnections => {
      const ports = portsOf(rule);
      const peers = selectorsOf(rule[end]).map((one) => ({ services: selection.servicesOf(one), ports }));
      return { peers, outside: outsideOf(rule[end]).map((one) => ({ ...one, ports })) };
    });
    return selection.of(policy.podSelector).map((pod) => [pod, read] as const);
  });
  const byPod = new Map<Pod, PodConnections[]>();
  for (const [pod, read] of selecting) {
    byPod.set(pod, [...byPod.get(pod) ?? [], ...read]);
  }
  return new Map([...byPod].map(([pod, all]) => [pod, {
    peers: all.flatMap(({ peers }) => peers),
    outside: all.flatMap(({ outside }) => outside),
  }]));
}

/** Without `policyTypes` a policy covers ingress, and egress if it has rules for it. */
function typesOf(policy: Tree): string[] {
  return policy.policyTypes === undefined
    ? ['Ingress', ...(policy.egress === undefined ? [] : ['Egress'])]
    : listOf(policy.policyTypes).map(textOf);
}

/** `8811/tcp` */
function portsOf(rule: Tree): string[] {
  if (listOf(rule.ports).length === 0) { return [EVERY_PORT]; }
  return listOf(rule.ports).map(mapOf).map(({ port, endPort, protocol }) => {
    const range = endPort === undefined ? textOf(port ?? EVERY_PORT) : `${textOf(port)}-${textOf(endPort)}`;
    return `${range}/${textOf(protocol ?? 'TCP').toLowerCase()}`;
  });
}

/** Returns the selectors of peers in the same namespace. A rule without peers is for everyone. */
function selectorsOf(peers: unknown): unknown[] {
  if (listOf(peers).length === 0) { return [{}]; }
  return listOf(peers)
    .map(mapOf)
    .filter(({ ipBlock, namespaceSelector }) => ipBlock === undefined && namespaceSelector === undefined)
    .map(({ podSelector }) => podSelector);
}

/** Returns the peers that are something else. */
function outsideOf(peers: unknown): Omit<OutsideFact, 'ports'>[] {
  if (listOf(peers).length === 0) { return [{ name: 'everything', except: [] }]; }
  return listOf(peers).map(mapOf).flatMap((peer) => {
    if (peer.ipBlock !== undefined) { return [addresses(mapOf(peer.ipBlock))]; }
    return peer.namespaceSelector === undefined ? [] : [otherNamespace(peer)];
  });
}

/** Blocks that hold the internet. */
const INTERNET = ['0.0.0.0/0', '::/0', '2000::/3'];

function addresses({ cidr, except }: Tree): Omit<OutsideFact, 'ports'> {
  const block = textOf(cidr);
  const name = INTERNET.includes(block) ? 'the internet' : `addresses ${block}`;
  return { name, block, except: listOf(except).map(textOf).sort() };
}

function otherNamespace({ namespaceSelector, podSelector }: Tree): Omit<OutsideFact, 'ports'> {
  const space = isEverything(namespaceSelector)
    ? 'every namespace'
    : `namespaces with ${selectorText(namespaceSelector)}`;
  const pods =
    podSelector === undefined || isEverything(podSelector) ? 'every pod' : `pods with ${selectorText(podSelector)}`;
  const isDns =
    isMap(podSelector) &&
    selectorText(podSelector) === 'k8s-app=kube-dns' &&
    selectorText(namespaceSelector) === 'kubernetes.io/metadata.name=kube-system';
  return { name: isDns ? 'name lookups' : `${pods} of ${space}`, except: [] };
}
