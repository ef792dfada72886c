import { isEverything, selectorText } from './selectors';
import { sayReach } from '../reaching';
import { Subject, THERE } from '../subject';
import { isMap, listOf, mapOf, textOf, Tree } from '../tree';

/** Pods of the same namespace. */
export interface PolicyPeer {
  readonly selector: unknown;
}

/** What lies outside of the namespace. */
export interface Outside {
  readonly name: string;
  /** Addresses, for what is known by them. */
  readonly block?: string;
  /** Addresses within them that stay closed. */
  readonly but?: readonly string[];
}

/** `8811/tcp`; undefined for every port. */
export function portsOf(rule: Tree): string[] | undefined {
  if (rule.ports === undefined || listOf(rule.ports).length === 0) { return undefined; }
  return listOf(rule.ports).map(mapOf).map(({ port, endPort, protocol }) => {
    const range = endPort === undefined ? textOf(port ?? 'every port') : `${textOf(port)}-${textOf(endPort)}`;
    return `${range}/${textOf(protocol ?? 'TCP').toLowerCase()}`;
  });
}

/** The peers of a rule that are pods of the same namespace. No list at all means everyone. */
export function peersOf(value: unknown): PolicyPeer[] {
  if (listOf(value).length === 0) { return [{ selector: {} }]; }
  return listOf(value)
    .map(mapOf)
    .filter(({ ipBlock, namespaceSelector }) => ipBlock === undefined && namespaceSelector === undefined)
    .map(({ podSelector }) => ({ selector: podSelector }));
}

/** The peers of a rule that are something else. */
export function outsideOf(value: unknown): Outside[] {
  if (listOf(value).length === 0) { return [{ name: 'everything' }]; }
  return listOf(value).map(mapOf).flatMap((peer) => {
    if (isMap(peer.ipBlock)) { return [addresses(peer.ipBlock)]; }
    return peer.namespaceSelector === undefined ? [] : [otherNamespace(peer)];
  });
}

/** Blocks that hold the internet. */
const INTERNET = ['0.0.0.0/0', '::/0', '2000::/3'];

function addresses({ cidr, except }: Tree): Outside {
  const block = textOf(cidr);
  const but = listOf(except).map(textOf).sort();
  return { name: INTERNET.includes(block) ? 'the internet' : `addresses ${block}`, block, but };
}

function otherNamespace({ namespaceSelector, podSelector }: Tree): Outside {
  const space = isEverything(namespaceSelector)
    ? 'every namespace'
    : `namespaces with ${selectorText(namespaceSelector)}`;
  const pods =
    podSelector === undefined || isEverything(podSelector) ? 'every pod' : `pods with ${selectorText(podSelector)}`;
  const isNames =
    selectorText(podSelector) === 'k8s-app=kube-dns' &&
    selectorText(namespaceSelector) === 'kubernetes.io/metadata.name=kube-system';
  return { name: isNames ? 'name look-ups' : `${pods} of ${space}` };
}

/** Ways that end outside of the namespace, by their ports and what they leave out. */
export function sayOutside(
  subject: Subject,
  type: 'Ingress' | 'Egress',
  outside: readonly Outside[],
  ports: readonly string[],
): void {
  for (const { name, block = '', but = [] } of outside) {
    const addressesText = [block, ...(but.length === 0 ? [] : ['but not', ...but])].join(' ');
    const way = {
      detail: [addressesText, ports.join(' ')].filter((text) => text !== '').join(' on '),
      gives: ports.map((port) => `${block} ${port}`),
      denies: but.map((one) => `${block} ${one}`),
    };
    if (type === 'Egress') {
      sayReach(subject, name, way);
    } else {
      const { detail, ...power } = way;
      subject.say({ kind: 'reached-by', item: name, text: THERE, detail, power: { level: 1, ...power } });
    }
  }
}
