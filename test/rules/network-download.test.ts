import { aService, goodImage, messages } from './support';
import { Egress, Network } from '../../src/core';
import { networkDownload } from '../../src/rules/network-download';

describe('rule network-download', () => {
  test('fails for an image that downloads at start without a way out', () => {
    expect(messages(networkDownload, (box) => aService(box, 'a', { image: goodImage({ downloadsAtStart: true }), networks: [new Network(box, 'inside')] })))
      .toEqual(['The image downloads at start, and none of its networks (inside) opens the internet.']);
    expect(messages(networkDownload, (box) => aService(box, 'a', { image: goodImage({ downloadsAtStart: true }) }))).toHaveLength(1);
  });

  test('accepts one with a way out, and one that needs none', () => {
    expect(messages(networkDownload, (box) => {
      aService(box, 'a', { image: goodImage({ downloadsAtStart: true }), networks: [new Network(box, 'outside', { egress: Egress.INTERNET })] });
      aService(box, 'b', { networks: [new Network(box, 'inside')] });
    })).toEqual([]);
  });
});
