import { aService, goodImage, messages } from './support';
import { HealthCheck, Port, Protocol } from '../../src/core';
import { healthPort } from '../../src/rules/health-port';

const image = goodImage({ healthTools: ['curl', 'nc'] });

describe('rule health-port', () => {
  test('reports a check of a port that the service does not declare for TCP', () => {
    const ports = [Port.internal(8080), Port.internal(9000, { protocol: Protocol.UDP })];
    expect(messages(healthPort, (box) => {
      aService(box, 'a', { image, ports, healthCheck: HealthCheck.http(8081, '/') });
      aService(box, 'b', { image, ports, healthCheck: HealthCheck.tcp(9000) });
      aService(box, 'c', { image, healthCheck: HealthCheck.tcp(1) });
    })).toEqual([
      'The health check asks port 8081, which is not declared. TCP ports of the service: 8080.',
      'The health check asks port 9000, which is not declared. TCP ports of the service: 8080.',
      'The health check asks port 1, which is not declared. TCP ports of the service: none.',
    ]);
  });

  test('accepts a declared port, and checks without one', () => {
    expect(messages(healthPort, (box) => {
      aService(box, 'a', { image, ports: [Port.internal(8080)], healthCheck: HealthCheck.http(8080, '/') });
      aService(box, 'b');
      aService(box, 'c', { healthCheck: HealthCheck.fromImage() });
      aService(box, 'd', { healthCheck: undefined });
    })).toEqual([]);
  });
});
