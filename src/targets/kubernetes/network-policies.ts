import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { Connection, RenderContext } from './context';
import { selectorLabels } from './metadata';
import { withEnding } from './names';
import { kubernetesName } from '../../plan/kubernetes-name';
import { Plan, ServicePlan } from '../../plan/plan';
import { from, Origin } from '../origin';
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
      ingress: ingressRules(context, service),
      egress: egressRules(context, service),
    },
  });
}

/** Origin of the rule that lets one service reach another. */
function ofConnection(plan: Plan, service: ServicePlan, client: string, server: string): Origin {
  const peer = client === service.name ? server : client;
  return ofReference(service, 'network', ofNamed(plan.services, peer), ofReach(plan, client, server));
}

function ingressRules({ plan, incoming }: RenderContext, service: ServicePlan): k8s.NetworkPolicyIngressRule[] {
  return byPeer(incoming.get(service.name) ?? [], (one) => one.from).map(([name, connections]) =>
    from(() => ofConnection(plan, service, name, service.name), {
      from: [{ podSelector: { matchLabels: selectorLabels(plan, name) } }],
      ports: portsOf(connections),
    }),
  );
}

/** Pods without egress get no DNS: lookups can be used for exfiltration. */
function egressRules({ plan, outgoing, online }: RenderContext, service: ServicePlan): k8s.NetworkPolicyEgressRule[] {
  const peers = byPeer(outgoing.get(service.name) ?? [], (one) => one.to).map(([name, connections]) =>
    from(() => ofConnection(plan, service, service.name, name), {
      to: [{ podSelector: { matchLabels: selectorLabels(plan, name) } }],
      ports: portsOf(connections),
    }),
  );
  const rules = online.has(service.name) ? [...peers, internetRule()] : peers;
  return rules.length === 0 ? [] : [dnsRule(), ...rules];
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

function portsOf(connections: readonly Connection[]): k8s.NetworkPolicyPort[] {
  return connections.map((one) => port(one.port, one.protocol));
}

function port(number: number, protocol: 'tcp' | 'udp'): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(number), protocol: protocol.toUpperCase() };
}
