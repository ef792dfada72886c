import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Connection, PeerNetwork, RenderContext } from './context';
import { NAME_LABEL, networkLabels, selectorLabels } from './metadata';
import { withEnding } from './names';
import { compareText, orNothing } from '../../plan/collections';
import { kubernetesName } from '../../plan/kubernetes-name';
import { Plan, PortPlan, ServicePlan } from '../../plan/plan';
import { Step } from '../../util/yaml-text';
import { from, fromEach, Origin } from '../origin';
import { ofNamed, ofReach, ofReference, ofService, ofToolbox } from '../service-origins';

/**
 * Addresses of IPv4 that are not the internet: this network, private, shared, loopback, link-local with the cloud's
 * metadata, test, multicast, reserved.
 */
const NOT_PUBLIC_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** Addresses of IPv6 that are handed out to the internet; what lies outside of them is private. */
const PUBLIC_IPV6 = '2000::/3';

/** Within them: what stands for an address of IPv4, and what is for examples. */
const NOT_PUBLIC_IPV6 = ['2001::/32', '2001:db8::/32', '2002::/16'];

const WEB_PORTS = [80, 443];

/**
 * Nothing in, nothing out: what a pod may do is said pod by pod. The policy of a service has the service's name, so
 * this one has another.
 */
export function defaultDenyProps(
  { plan, services }: RenderContext,
  metadata: k8s.ObjectMeta,
): k8s.KubeNetworkPolicyProps {
  const taken = new Set(services.map((service) => kubernetesName(service.name)));
  let name = 'default-deny';
  while (taken.has(name)) {
    name = withEnding(name, 'all');
  }
  return from(() => ofToolbox(plan, 'identity', 'security', 'network'), {
    metadata: { ...metadata, name },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });
}

/**
 * Returns the policy by which the members of a network send to each other. Each member accepts its own ports only, so
 * the ports here are those of all members: one list for the network, not one for each pair.
 */
export function peerPolicyProps(
  { plan, byName }: RenderContext,
  { name, servers }: PeerNetwork,
  metadata: k8s.ObjectMeta,
): k8s.KubeNetworkPolicyProps {
  const matchLabels = networkLabels(plan, [name]);
  const [server] = servers;
  const ports = [...servers].flatMap((member) => byName.get(member)?.ports ?? []);
  return from(() => ofNamed(plan.networks, name, 'network'), {
    // no service has this name: it has a dot
    metadata: { ...metadata, name: `network.${kubernetesName(name)}` },
    spec: {
      // the only one that listens reaches no other
      podSelector: servers.size > 1 ? { matchLabels } : {
        matchLabels,
        matchExpressions: [{ key: NAME_LABEL, operator: 'NotIn', values: [kubernetesName(server)] }],
      },
      policyTypes: ['Egress'],
      egress: [{ to: [{ podSelector: { matchLabels } }], ports: portsOf(ports) }],
    },
  });
}

/** The ways in and out of one service. */
export function networkPolicyProps(
  context: RenderContext,
  service: ServicePlan,
  metadata: k8s.ObjectMeta,
): k8s.KubeNetworkPolicyProps {
  return from(() => ofService(service, 'network'), {
    metadata,
    spec: {
      podSelector: { matchLabels: selectorLabels(context.plan, service.name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: orNothing(ingressRules(context, service)),
      egress: orNothing(egressRules(context, service)),
    },
  });
}

/** Origin of the rule that lets one service reach another. */
function ofConnection(plan: Plan, service: ServicePlan, client: string, server: string): Origin {
  const peer = client === service.name ? server : client;
  return ofReference(service, 'network', ofNamed(plan.services, peer), ofReach(plan, client, server));
}

function ingressRules(context: RenderContext, service: ServicePlan): k8s.NetworkPolicyIngressRule[] {
  const { plan, incoming, peerNetworks } = context;
  const networks = peerNetworks.filter(({ servers }) => servers.has(service.name)).map(({ name }) => name);
  const ofMember = (index: Step) => ofReference(service, 'network', ofNamed(plan.networks, networks[Number(index)]));
  const ofMembers: k8s.NetworkPolicyIngressRule[] = networks.length === 0 ? [] : [{
    from: fromEach(ofMember, networks.map((name) => ({ podSelector: { matchLabels: networkLabels(plan, [name]) } }))),
    ports: portsOf(service.ports),
  }];
  const ofServices = byPeer(incoming.get(service.name) ?? [], (one) => one.from).map(([name, connections]) =>
    from(() => ofConnection(plan, service, name, service.name), {
      from: [{ podSelector: { matchLabels: selectorLabels(plan, name) } }],
      ports: portsOf(connections),
    }),
  );
  return [...ofMembers, ...ofServices];
}

/** Pods without egress get no DNS: lookups can be used for exfiltration. */
function egressRules(context: RenderContext, service: ServicePlan): k8s.NetworkPolicyEgressRule[] {
  const { plan, outgoing, online, peerNetworks } = context;
  const peers = byPeer(outgoing.get(service.name) ?? [], (one) => one.to).map(([name, connections]) =>
    from(() => ofConnection(plan, service, service.name, name), {
      to: [{ podSelector: { matchLabels: selectorLabels(plan, name) } }],
      ports: portsOf(connections),
    }),
  );
  const rules = online.has(service.name) ? [...peers, internetRule()] : peers;
  const hasPeers = peerNetworks.some(({ members, servers }) =>
    members.has(service.name) && servers.size > (servers.has(service.name) ? 1 : 0));
  return rules.length === 0 && !hasPeers ? [] : [dnsRule(), ...rules];
}

function dnsRule(): k8s.NetworkPolicyEgressRule {
  return {
    to: [{
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    }],
    ports: [port(53, 'udp'), port(53, 'tcp')],
  };
}

function internetRule(): k8s.NetworkPolicyEgressRule {
  return {
    to: [
      { ipBlock: { cidr: '0.0.0.0/0', except: NOT_PUBLIC_IPV4 } },
      { ipBlock: { cidr: PUBLIC_IPV6, except: NOT_PUBLIC_IPV6 } },
    ],
    ports: WEB_PORTS.map((number) => port(number, 'tcp')),
  };
}

function byPeer(connections: readonly Connection[], peer: (one: Connection) => string): [string, Connection[]][] {
  const groups = new Map<string, Connection[]>();
  for (const connection of connections) {
    groups.set(peer(connection), [...groups.get(peer(connection)) ?? [], connection]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Returns each port once, sorted. */
function portsOf(ports: readonly Pick<PortPlan, 'port' | 'protocol'>[]): k8s.NetworkPolicyPort[] {
  const once = new Map(ports.map((one) => [`${one.port}/${one.protocol}`, one]));
  return [...once.values()]
    .sort((a, b) => a.port - b.port || compareText(a.protocol, b.protocol))
    .map((one) => port(one.port, one.protocol));
}

function port(number: number, protocol: 'tcp' | 'udp'): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(number), protocol: protocol.toUpperCase() };
}
