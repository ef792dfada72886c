import { aService, messages } from './support';
import { HealthCheck, HostService, Port } from '../../src/core';
import { portRange } from '../../src/rules/port-range';

describe('rule port-range', () => {
  test('fails for what is no port', () => {
    for (const port of [0, 65536, -1, 1.5, Number.NaN]) {
      expect(messages(portRange, (box) => aService(box, 'app', { ports: [Port.internal(port)] }))).toEqual([
        `${port} is not a port number.`,
      ]);
    }
    expect(
      messages(portRange, (box) => aService(box, 'app', { ports: [Port.loopback(80, { hostPort: 70000 })] })),
    ).toEqual(['70000 is not a port number.']);
    expect(messages(portRange, (box) => aService(box, 'app', { healthCheck: HealthCheck.tcp(0) }))).toEqual([
      '0 is not a port number.',
    ]);
    expect(messages(portRange, (box) => new HostService(box, 'host', { port: 99999 }))).toEqual([
      '99999 is not a port number.',
    ]);
  });

  test('tells a number once that is the port on both sides', () => {
    expect(messages(portRange, (box) => aService(box, 'app', { ports: [Port.loopback(70000)] }))).toEqual([
      '70000 is not a port number.',
    ]);
  });

  test('accepts the ports of checks and host services, and checks without a port', () => {
    expect(messages(portRange, (box) => {
      aService(box, 'none', { healthCheck: undefined });
      aService(box, 'command', { healthCheck: HealthCheck.command(['curl']) });
      aService(box, 'tcp', { healthCheck: HealthCheck.tcp(80) });
      new HostService(box, 'host', { port: 11434 });
    })).toEqual([]);
  });

  test('accepts 1 and 65535', () => {
    expect(
      messages(portRange, (box) => aService(box, 'app', { ports: [Port.internal(1), Port.loopback(65535)] })),
    ).toEqual([]);
  });
});
