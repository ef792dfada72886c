import { aService, goodImage, messages } from './support';
import { Egress, Network, Port } from '../../src/core';
import { networkDownload } from '../../src/rules/network-download';

describe('rule network-download', () => {
  test('fails for an image that downloads at start without a way out', () => {
    expect(
      messages(networkDownload, (box) =>
        aService(box, 'a', { image: goodImage({ downloadsAtStart: true }), networks: [new Network(box, 'inside')] }),
      ),
    ).toEqual(['The image downloads at start, but none of its networks (inside) reaches the internet.']);
    expect(
      messages(networkDownload, (box) => aService(box, 'a', { image: goodImage({ downloadsAtStart: true }) })),
    ).toEqual(['The image downloads at start, but none of its networks (none) reaches the internet.']);
  });

  test('fails for one that reaches others, and not the internet', () => {
    expect(messages(networkDownload, (box) => {
      const networks = ['one', 'two'].map((id) => new Network(box, id));
      aService(box, 'a', { image: goodImage({ downloadsAtStart: true }), networks });
      aService(box, 'b', { ports: [Port.internal(80)], networks });
    })).toEqual(['The image downloads at start, but none of its networks (one, two) reaches the internet.']);
  });

  test('accepts one with a way out, and one that needs none', () => {
    expect(messages(networkDownload, (box) => {
      aService(box, 'a', {
        image: goodImage({ downloadsAtStart: true }),
        networks: [new Network(box, 'outside', { egress: Egress.INTERNET })],
      });
      aService(box, 'b', { networks: [new Network(box, 'inside')] });
    })).toEqual([]);
  });
});
