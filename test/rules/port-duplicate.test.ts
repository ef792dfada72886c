import { advice, aService, messages } from './support';
import { Port, Protocol } from '../../src/core';
import { portDuplicate } from '../../src/rules/port-duplicate';

describe('rule port-duplicate', () => {
  test('fails when two services take one port of the host', () => {
    expect(messages(portDuplicate, (box) => {
      aService(box, 'a', { ports: [Port.loopback(8080)] });
      aService(box, 'b', { ports: [Port.loopback(80, { hostPort: 8080 })] });
    })).toEqual(['The host port 8080/tcp is already used by box/a.']);
  });

  test('fails when a service declares a port twice', () => {
    expect(
      advice(portDuplicate, (box) => aService(box, 'a', { ports: [Port.internal(80), Port.loopback(80)] })),
    ).toEqual([['The port 80/tcp is declared twice.', 'Declare it once, with the widest exposure needed.']]);
  });

  test('accepts one number in two containers, and for two protocols', () => {
    expect(messages(portDuplicate, (box) => {
      aService(box, 'a', { ports: [Port.internal(53), Port.internal(53, { protocol: Protocol.UDP })] });
      aService(box, 'b', { ports: [Port.internal(53)] });
      aService(box, 'c', {
        ports: [Port.loopback(80), Port.loopback(81), Port.loopback(80, { protocol: Protocol.UDP })],
      });
    })).toEqual([]);
  });
});
