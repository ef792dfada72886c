import { Rendered } from './rendered';
import { ReachPlan } from '../../../src/plan/plan';
import { map } from '../../parity/kubernetes-object';
import { aService } from '../../plan/plan-builder';

const ports = [{ name: 'http', port: 8080, protocol: 'tcp', exposure: 'internal' }] as const;
const services = [aService({ name: 'client' }), aService({ ports })];

function reach(to: ReachPlan['to'], facts: Partial<ReachPlan> = {}): ReachPlan {
  return { from: 'client', to, network: 'net', places: ['cluster'], ...facts };
}

const toWeb = reach({ kind: 'service', name: 'web', port: 8080, protocol: 'tcp' });
const toInternet = reach({ kind: 'internet' });
const peer = (name: string) => [
  { podSelector: { matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': 'box' } } },
];
const dns = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};

describe('network policies', () => {
  test('everything is closed first, in and out', () => {
    expect(Rendered.plan({}).spec('NetworkPolicy', 'default-deny')).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  test('opens a connection at both ends, on its port only, with DNS for the client', () => {
    const rendered = Rendered.plan({ services, reaches: [toWeb] });
    expect(rendered.spec('NetworkPolicy', 'client').ingress).toBeUndefined();
    expect(rendered.spec('NetworkPolicy', 'web').egress).toBeUndefined();
    expect(rendered.spec('NetworkPolicy', 'client')).toMatchObject({
      podSelector: peer('client')[0].podSelector,
      policyTypes: ['Ingress', 'Egress'],
      egress: [dns, { to: peer('web'), ports: [{ port: 8080, protocol: 'TCP' }] }],
    });
    expect(rendered.spec('NetworkPolicy', 'web')).toMatchObject({
      ingress: [{ from: peer('client'), ports: [{ port: 8080, protocol: 'TCP' }] }],
    });
  });

  test('selects the members of a network by its label', () => {
    const attachments = [{ network: 'net', aliases: [] }];
    const api = [{ ...ports[0], port: 9090 }];
    const members = [
      aService({ name: 'api', ports: api, attachments }), aService({ name: 'client', attachments }),
      aService({ ports, attachments }),
    ];
    const rendered = Rendered.plan({
      services: members,
      networks: [{
        path: 'box/net', name: 'net', description: '', egress: 'none', members: members.map(({ name }) => name),
      }],
      reaches: ([['api', 9090], ['web', 8080]] as const).map(([name, port]) => (
        { to: { kind: 'service', name, port, protocol: 'tcp' }, network: 'net', places: ['cluster'] })),
    });
    const podSelector = { matchLabels: { 'networks.toolbox-constructs/net': 'box' } };
    expect(rendered.spec('NetworkPolicy', 'network.net')).toEqual({
      podSelector,
      policyTypes: ['Egress'],
      egress: [{
        to: [{ podSelector }], ports: [{ port: 8080, protocol: 'TCP' }, { port: 9090, protocol: 'TCP' }],
      }],
    });
    expect(rendered.spec('NetworkPolicy', 'web')).toMatchObject({
      ingress: [{ from: [{ podSelector }], ports: [{ port: 8080, protocol: 'TCP' }] }],
      egress: [dns],
    });
    expect(rendered.spec('NetworkPolicy', 'client')).toMatchObject({ egress: [dns] });
    const labels = map(map(map(rendered.spec('Deployment', 'client').template).metadata).labels);
    expect(labels).toMatchObject(podSelector.matchLabels);
  });

  test('gives the only service of a network that listens no way out', () => {
    const attachments = [{ network: 'net', aliases: [] }];
    const rendered = Rendered.plan({
      services: [aService({ name: 'client', attachments }), aService({ ports, attachments })],
      networks: [{ path: 'box/net', name: 'net', description: '', egress: 'none', members: ['client', 'web'] }],
      reaches: [{ ...toWeb, from: undefined }],
    });
    expect(rendered.spec('NetworkPolicy', 'network.net').podSelector).toMatchObject({
      matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'NotIn', values: ['web'] }],
    });
    expect(rendered.spec('NetworkPolicy', 'web').egress).toBeUndefined();
  });

  test('a way that two networks carry is opened once', () => {
    const rendered = Rendered.plan({ services, reaches: [toWeb, { ...toWeb, network: 'other' }] });
    expect(rendered.spec('NetworkPolicy', 'web').ingress).toHaveLength(1);
  });

  test('a way on workstations alone stays closed', () => {
    const rendered = Rendered.plan({ services, reaches: [{ ...toWeb, places: ['workstation'] }] });
    expect(rendered.spec('NetworkPolicy', 'client').egress).toBeUndefined();
  });

  test('the internet is web ports of public addresses, for that service alone', () => {
    const rendered = Rendered.plan({ services, reaches: [toInternet] });
    const [, internet] = rendered.spec('NetworkPolicy', 'client').egress as {
      to: { ipBlock: { cidr: string; except: string[] } }[];
      ports: unknown;
    }[];
    expect(internet.ports).toEqual([{ port: 80, protocol: 'TCP' }, { port: 443, protocol: 'TCP' }]);
    expect(internet.to.map((one) => one.ipBlock.cidr)).toEqual(['0.0.0.0/0', '2000::/3']);
    expect(internet.to[0].ipBlock.except).toEqual(
      expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16']),
    );
    expect(rendered.spec('NetworkPolicy', 'web').egress).toBeUndefined();
    expect(rendered.entry('box/client', 'internet')?.verdict).toBe('adapted');
  });

  test.each([
    ['a port that no service declares', { kind: 'service', name: 'web', port: 9090, protocol: 'tcp' }],
    ['the wrong protocol', { kind: 'service', name: 'web', port: 8080, protocol: 'udp' }],
    ['a service that is not in the cluster', { kind: 'service', name: 'elsewhere', port: 8080, protocol: 'tcp' }],
    ['the host', { kind: 'host-service', name: 'host-web', port: 8080, protocol: 'tcp' }],
  ] as const)('fails on a connection to %s: it stays closed, and is reported', (_, to) => {
    const rendered = Rendered.plan({ services, reaches: [reach(to)] });
    expect(rendered.spec('NetworkPolicy', 'client').egress).toBeUndefined();
    expect(rendered.entry('box/client', 'reach')?.verdict).toBe('refused');
  });

  test('the stand-in of a host service is reached instead of it', () => {
    const host = {
      path: 'box/host-web',
      name: 'host-web',
      description: '',
      hostname: 'host',
      port: 8080,
      clusterService: 'web',
    };
    const rendered = Rendered.plan({
      services,
      hostServices: [host],
      reaches: [reach({ kind: 'host-service', name: 'host-web', port: 8080, protocol: 'tcp' })],
    });
    expect(rendered.spec('NetworkPolicy', 'web').ingress).toHaveLength(1);
  });

  test('reports every network, and each alias that no Service can have', () => {
    const network = { path: 'box/net', name: 'net', description: '', egress: 'none', members: ['web'] } as const;
    const rendered = Rendered.plan({
      services: [
        aService({ name: 'api', ports, attachments: [{ network: 'net', aliases: ['www'] }] }),
        aService({ ports, attachments: [{ network: 'net', aliases: ['api', 'web.example', 'www', 'www2'] }] }),
      ],
      networks: [network],
    });
    expect(rendered.entry('box/net', 'network')?.verdict).toBe('adapted');
    expect(rendered.entry('box/api', 'network aliases')).toBeUndefined();
    expect(rendered.entry('box/web', 'network aliases')).toMatchObject({
      verdict: 'left-out',
      reason: 'In the cluster it is not known as api, web.example and www.',
      remedy: 'Use the name web.',
    });
    expect(rendered.ofKind('Service').map(({ metadata }) => map(metadata).name)).toEqual(['api', 'www', 'web', 'www2']);
    expect(rendered.spec('Service', 'www2')).toEqual(rendered.spec('Service', 'web'));
  });
});
