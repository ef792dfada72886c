import { loadAll } from 'js-yaml';
import { Egress, Network, NetworkProps, Port, Service, Toolbox } from '../../src/core';
import { synthesize } from '../../src/synth';
import { aService } from '../rules/support';

/** The documents of a toolbox with one network and what is built on it. */
function rendered(props: NetworkProps, build: (box: Toolbox, network: Network) => Service): {
  readonly network: unknown;
  readonly service: any;
  readonly pod: any;
  readonly fidelity: string;
} {
  const toolbox = new Toolbox('box', { title: 'Box', description: 'A box.' });
  const { name } = build(toolbox, new Network(toolbox, 'net', props));
  const { files, findings } = synthesize(toolbox);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const text = (path: RegExp): string => files.find((file) => path.test(file.path))!.content;
  const compose = loadAll(text(/docker-compose/))[0] as any;
  return {
    network: compose.networks.net,
    service: compose.services[name],
    pod: (loadAll(text(/services\/web\.yaml$/)) as any[]).find(({ kind }) => kind === 'Deployment').spec.template.spec,
    fidelity: text(/FIDELITY\.md$/),
  };
}

const web = (box: Toolbox, network: Network): Service => aService(box, 'web', { networks: [network] });

test.each<[props: NetworkProps, entry: Record<string, unknown>]>([
  [{ external: true }, { external: true, name: 'net' }],
  [
    { external: true, engineName: 'shared' },
    { external: true, name: 'shared' },
  ],
  [{ egress: Egress.INTERNET, engineName: 'own' }, { name: 'own' }],
  [
    { egress: Egress.INTERNET, driver: 'macvlan', driverOpts: { parent: 'eth0' }, attachable: true, enableIpv6: true },
    { driver: 'macvlan', driver_opts: { parent: 'eth0' }, attachable: true, enable_ipv6: true },
  ],
  [{ driver: 'overlay' }, { driver: 'overlay', internal: true }],
  [
    {
      egress: Egress.INTERNET,
      subnets: [{ subnet: '172.28.0.0/16', ipRange: '172.28.5.0/24', gateway: '172.28.0.1' }],
    },
    { ipam: { config: [{ subnet: '172.28.0.0/16', ip_range: '172.28.5.0/24', gateway: '172.28.0.1' }] } },
  ],
])('a network has its settings in the compose file: %j', (props, entry) => {
  expect(rendered(props, web).network).toEqual(entry);
});

test('a cluster reports that it has no external network', () => {
  expect(rendered({ external: true }, web).fidelity).toContain('external network');
});

test('a service has static addresses, extra hosts and a host name', () => {
  const { service, pod, fidelity } = rendered({ subnets: [{ subnet: '172.28.0.0/16' }] }, (box, network) => {
    const one = aService(box, 'web', {
      hostname: 'front',
      extraHosts: { 'host.docker.internal': 'host-gateway', 'b.example': '192.0.2.7', 'a.example': '192.0.2.7' },
      ports: [Port.internal(80)],
    });
    one.addNetwork(network, { ipv4Address: '172.28.0.10', aliases: ['www'] });
    return one;
  });
  expect(service).toMatchObject({
    hostname: 'front',
    extra_hosts: ['a.example:192.0.2.7', 'b.example:192.0.2.7', 'host.docker.internal:host-gateway'],
    networks: { net: { aliases: ['www'], ipv4_address: '172.28.0.10' } },
  });
  expect(pod).toMatchObject({
    hostname: 'front',
    hostAliases: [{ ip: '192.0.2.7', hostnames: ['a.example', 'b.example'] }],
  });
  expect(fidelity).toContain('so host.docker.internal is not known there');
  expect(fidelity).toContain('static address');
});
