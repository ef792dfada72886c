import { aService, messages } from './support';
import { Egress, Network, Place, Port } from '../../src/core';
import { portInner } from '../../src/rules/port-inner';

describe('rule port-inner', () => {
  test('fails for a port offered outside by a service on inner networks only', () => {
    expect(
      messages(portInner, (box) =>
        aService(box, 'a', { ports: [Port.loopback(80)], networks: [new Network(box, 'inner')] }),
      ),
    ).toEqual(['Port 80 is published, but all networks of the service are internal.']);
    expect(messages(portInner, (box) => aService(box, 'a', { ports: [Port.loopback(80)] }))).toHaveLength(1);
  });

  test('accepts one on a network that leads out, inner ports, and services of a cluster', () => {
    expect(messages(portInner, (box) => {
      const inner = new Network(box, 'inner');
      aService(box, 'a', {
        ports: [Port.loopback(80)],
        networks: [inner, new Network(box, 'host', { egress: Egress.HOST })],
      });
      aService(box, 'b', { ports: [Port.internal(80)], networks: [inner] });
      aService(box, 'c', { ports: [Port.loopback(81)], networks: [inner], places: [Place.CLUSTER] });
    })).toEqual([]);
  });
});
