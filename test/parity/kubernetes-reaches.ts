import { BlockList, isIPv6 } from 'node:net';
import { reachLine } from './facts';
import { KubernetesObject, list, map, number, text, texts } from './kubernetes-object';

/** A pod as NetworkPolicies see it. */
interface Pod {
  readonly name: string;
  readonly template: KubernetesObject;
}

type Protocol = 'tcp' | 'udp';

interface Port {
  readonly number: number;
  readonly protocol: Protocol;
}

/** Addresses of the internet, and ones that only look like it. */
const PUBLIC = ['1.1.1.1', '2606:4700:4700::1111'];
const PRIVATE = [
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '192.168.0.1',
  'fd00::1',
  'fe80::1',
  '64:ff9b::a00:1',
];
const STRANGER = '10.0.0.1';
const WEB = { number: 443, protocol: 'tcp' } as const;

/**
 * Who reaches whom when a cluster enforces the NetworkPolicies: both ends must agree, and a pod that no policy selects
 * is open.
 */
export function allowedReaches(objects: readonly KubernetesObject[], pods: readonly Pod[]): string[] {
  const policies = objects.filter((object) => object.kind === 'NetworkPolicy');
  const namespace = map(objects.find((object) => object.kind === 'Namespace')?.metadata);
  const namespaceLabels = { ...map(namespace.labels), 'kubernetes.io/metadata.name': namespace.name };
  const walls = pods.map((pod) => ({
    pod,
    ingress: rulesFor(pod, policies, 'Ingress'),
    egress: rulesFor(pod, policies, 'Egress'),
  }));
  const lines = walls.flatMap((from) => [
    ...walls
      .filter((to) => to !== from)
      .flatMap((to) =>
        portsOf(to.pod, [...(from.egress ?? []), ...(to.ingress ?? [])])
          .filter(
            (port) =>
              permits(from.egress, 'to', to.pod, port, namespaceLabels) &&
              permits(to.ingress, 'from', from.pod, port, namespaceLabels),
          )
          .map((port) =>
            reachLine(from.pod.name, {
              kind: 'service',
              name: to.pod.name,
              port: port.number,
              protocol: port.protocol,
            }),
          ),
      ),
    ...outside(from.pod.name, from.egress),
    ...strangers(from.pod.name, from.ingress, from.egress),
  ]);
  return [...new Set(lines)].sort();
}

/** Undefined when nothing restricts the pod. */
function rulesFor(
  pod: Pod,
  policies: readonly KubernetesObject[],
  direction: 'Ingress' | 'Egress',
): KubernetesObject[] | undefined {
  const labels = map(map(pod.template.metadata).labels);
  const selecting = policies
    .map((policy) => map(policy.spec))
    .filter((spec) => texts(spec.policyTypes).includes(direction) && selects(spec.podSelector, labels));
  return selecting.length === 0
    ? undefined
    : selecting.flatMap((spec) => list(spec[direction === 'Ingress' ? 'ingress' : 'egress']).map(map));
}

/** What the pod listens on, and whatever else a rule speaks of: a rule for an undeclared port must be noticed. */
function portsOf(pod: Pod, rules: readonly KubernetesObject[]): Port[] {
  const [container] = list(map(pod.template.spec).containers);
  const declared = list(map(container).ports)
    .map(map)
    .map((port) => ({ number: number(port.containerPort), protocol: protocolOf(port) }));
  const spoken = rules
    .flatMap((rule) => list(rule.ports).map(map))
    .map((port) => ({ number: number(port.port), protocol: protocolOf(port) }));
  return [...new Map([...declared, ...spoken].map((port) => [`${port.number}/${port.protocol}`, port])).values()];
}

function permits(
  rules: readonly KubernetesObject[] | undefined,
  end: 'from' | 'to',
  peer: Pod,
  port: Port,
  namespaceLabels: KubernetesObject,
): boolean {
  const labels = map(map(peer.template.metadata).labels);
  return (
    rules === undefined ||
    rules.some(
      (rule) =>
        coversPort(rule, port) &&
        (rule[end] === undefined ||
          list(rule[end])
            .map(map)
            .some(
              (one) =>
                one.ipBlock === undefined &&
                (one.namespaceSelector === undefined || selects(one.namespaceSelector, namespaceLabels)) &&
                (one.podSelector === undefined || selects(one.podSelector, labels)),
            )),
    )
  );
}

function coversPort(rule: KubernetesObject, port: Port): boolean {
  return (
    rule.ports === undefined ||
    list(rule.ports)
      .map(map)
      .some((one) => protocolOf(one) === port.protocol && (one.port === undefined || one.port === port.number))
  );
}

function selects(selector: unknown, labels: KubernetesObject): boolean {
  const { matchLabels, ...rest } = map(selector);
  if (Object.keys(rest).length > 0) {
    throw new Error(`a selector that is not read here: ${JSON.stringify(rest)}`);
  }
  return Object.entries(map(matchLabels)).every(([name, value]) => labels[name] === value);
}

/** The internet as a whole, and every private address that is open though it is not part of it. */
function outside(from: string, egress: readonly KubernetesObject[] | undefined): string[] {
  const open = (address: string) =>
    egress === undefined ||
    egress.some(
      (rule) =>
        coversPort(rule, WEB) &&
        (rule.to === undefined ||
          list(rule.to)
            .map(map)
            .some((peer) => peer.ipBlock !== undefined && contains(map(peer.ipBlock), address))),
    );
  const internet = PUBLIC.every(open) ? [reachLine(from, { kind: 'internet' })] : [];
  return [...internet, ...PRIVATE.filter(open).map((address) => reachLine(from, { kind: 'host', hostname: address }))];
}

/** A pod of another namespace: no way leads to it, and none comes from it. */
function strangers(
  name: string,
  ingress: readonly KubernetesObject[] | undefined,
  egress: readonly KubernetesObject[] | undefined,
): string[] {
  const open = (rules: readonly KubernetesObject[] | undefined, end: 'from' | 'to') =>
    rules === undefined ||
    rules.some(
      (rule) =>
        rule[end] === undefined ||
        list(rule[end])
          .map(map)
          .some((peer) =>
            peer.ipBlock === undefined
              ? peer.namespaceSelector !== undefined && selects(peer.namespaceSelector, {})
              : contains(map(peer.ipBlock), STRANGER),
          ),
    );
  return [
    ...(open(ingress, 'from') ? [`another namespace -> ${name}`] : []),
    ...(open(egress, 'to') ? [`${name} -> another namespace`] : []),
  ];
}

function contains(block: KubernetesObject, address: string): boolean {
  return within([text(block.cidr)], address) && !within(texts(block.except), address);
}

function within(ranges: readonly string[], address: string): boolean {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  const blocks = new BlockList();
  for (const range of ranges.filter((one) => isIPv6(one.split('/')[0]) === (family === 'ipv6'))) {
    const [base, length] = range.split('/');
    blocks.addSubnet(base, Number(length), family);
  }
  return blocks.check(address, family);
}

function protocolOf(port: KubernetesObject): Protocol {
  const protocol = text(port.protocol).toLowerCase();
  if (protocol !== 'tcp' && protocol !== 'udp') {
    throw new Error(`no protocol: ${protocol}`);
  }
  return protocol;
}
