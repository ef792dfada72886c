import { aService, messages } from './support';
import { Egress, Network } from '../../src/core';
import { networkHost } from '../../src/rules/network-host';

describe('rule network-host', () => {
  test('warns of a network to the host that somebody is on', () => {
    expect(messages(networkHost, (box) => aService(box, 'a', { networks: [new Network(box, 'host', { egress: Egress.HOST })] }))).toHaveLength(1);
  });

  test('accepts internal networks, and one to the host that nobody is on', () => {
    expect(messages(networkHost, (box) => {
      aService(box, 'a', { networks: [new Network(box, 'inside')] });
      new Network(box, 'host', { egress: Egress.HOST });
    })).toEqual([]);
  });
});
