import { aService, messages } from './support';
import { Network, NetworkProps } from '../../src/core';
import { networkSettings } from '../../src/rules/network-settings';

const ofNetwork = (props: NetworkProps, ...addresses: string[]): string[] => messages(networkSettings, (box) => {
  const network = new Network(box, 'net', props);
  addresses.forEach((ipv4Address, index) => aService(box, `s${index}`).addNetwork(network, { ipv4Address }));
});

test.each<[what: string, props: NetworkProps, addresses: string[], problems: string[]]>([
  ['a subnet that is none', { subnets: [{ subnet: '172.28.0.0' }] }, [], ['"172.28.0.0" is not a subnet.']],
  ['a prefix that is too long', { subnets: [{ subnet: '10.0.0.0/33' }] }, [], ['"10.0.0.0/33" is not a subnet.']],
  [
    'a gateway of elsewhere',
    { subnets: [{ subnet: '172.28.0.0/16', gateway: '10.0.0.1' }] },
    [],
    ['The gateway "10.0.0.1" is not an address of the subnet 172.28.0.0/16.'],
  ],
  [
    'a static address without a subnet',
    {},
    ['172.28.0.10'],
    ['The static address "172.28.0.10" is in no subnet of the network "net".'],
  ],
  [
    'a static address twice',
    { subnets: [{ subnet: '172.28.0.0/16' }] },
    ['172.28.0.10', '172.28.0.10'],
    ['The static address 172.28.0.10 on the network "net" is that of box/s0.'],
  ],
  [
    'settings of an external network',
    { external: true, driver: 'bridge', attachable: true },
    [],
    ['The network is external, so Compose refuses its settings: driver, attachable.'],
  ],
  ['a name with a space', { engineName: 'a b' }, [], ['"a b" is not the name of a network.']],
])('fails for %s', (_, props, addresses, problems) => {
  expect(ofNetwork(props, ...addresses)).toEqual(problems);
});

test('accepts addresses of the subnets, and any on an external network', () => {
  expect(ofNetwork({ subnets: [{ subnet: '172.28.0.0/16', gateway: '172.28.0.1' }] }, '172.28.0.10')).toEqual([]);
  expect(ofNetwork({ external: true, engineName: 'shared' }, '172.28.0.10')).toEqual([]);
});

test('fails for extra hosts and host names that no hosts file has', () => {
  expect(messages(networkSettings, (box) => {
    aService(box, 'a', { extraHosts: { 'a b': '192.0.2.7', 'host': 'gateway', 'fine.example': 'host-gateway' } });
    aService(box, 'b', { hostname: 'not this' });
  })).toEqual([
    '"a b" in extraHosts is not a host name.',
    'The address "gateway" of "host" in extraHosts is not an IP address.',
    '"not this" is not a host name.',
  ]);
});
