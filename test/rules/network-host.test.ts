import { aService, messages } from './support';
import { Egress, HostService, Network } from '../../src/core';
import { networkHost } from '../../src/rules/network-host';

describe('rule network-host', () => {
  test('warns of a network to the host with members', () => {
    expect(
      messages(networkHost, (box) =>
        aService(box, 'a', { networks: [new Network(box, 'host', { egress: Egress.HOST })] }),
      ),
    ).toHaveLength(1);
  });

  test('accepts the relay that alone reaches the host, and names others that join it', () => {
    const toolbox = (...guests: string[]): string[] => messages(networkHost, (box) => {
      const net = new Network(box, 'host', { egress: Egress.HOST });
      new HostService(box, 'server', { port: 80 }).relayThrough(aService(box, 'relay', { networks: [net] }));
      guests.forEach((guest) => aService(box, guest, { networks: [net] }));
    });
    expect(toolbox()).toEqual([]);
    expect(toolbox('guest', 'other')).toEqual([
      'On a workstation, members of "host" also reach the internet: guest, other.',
    ]);
  });

  test('accepts internal networks, and one to the host without members', () => {
    expect(messages(networkHost, (box) => {
      aService(box, 'a', { networks: [new Network(box, 'inside')] });
      new Network(box, 'host', { egress: Egress.HOST });
    })).toEqual([]);
  });
});
