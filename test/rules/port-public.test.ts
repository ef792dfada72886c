import { aService, messages } from './support';
import { Port } from '../../src/core';
import { portPublic } from '../../src/rules/port-public';

describe('rule port-public', () => {
  test('fails for a port on all interfaces', () => {
    expect(messages(portPublic, (box) => aService(box, 'a', { ports: [Port.published(8080)] }))).toEqual([
      'Port 8080 is published on all interfaces, so other machines can reach it.',
    ]);
  });

  test('accepts ports inside and on this machine', () => {
    expect(
      messages(portPublic, (box) => aService(box, 'a', { ports: [Port.internal(80), Port.loopback(81)] })),
    ).toEqual([]);
  });
});
