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

  test('accepts a port of a container on two ports of the host, and one on two addresses', () => {
    expect(messages(portDuplicate, (box) => {
      aService(box, 'a', { ports: [Port.loopback(80), Port.loopback(80, { hostPort: 8080 })] });
      aService(box, 'b', { ports: [Port.published(443, { address: '10.1.2.3' })] });
      aService(box, 'c', { ports: [Port.published(443, { address: '10.1.2.4' })] });
    })).toEqual([]);
  });

  test.each(['10.1.2.3', undefined])('fails for one port of the host at the address %s', (address) => {
    expect(messages(portDuplicate, (box) => {
      aService(box, 'a', { ports: [Port.published(443, { address })] });
      aService(box, 'b', { ports: [Port.published(443, { address: '10.1.2.3' })] });
    })).toEqual(['The host port 443/tcp is already used by box/a.']);
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
