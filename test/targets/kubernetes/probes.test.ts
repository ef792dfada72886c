import { Rendered } from './rendered';
import { HealthCheckPlan } from '../../../src/plan/plan';
import { aService } from '../../plan/plan-builder';

const times = { intervalSeconds: 30, timeoutSeconds: 5, retries: 3, startPeriodSeconds: 45 };
const ports = [{ name: 'http', port: 8080, protocol: 'tcp', exposure: 'internal' }] as const;
const overHttp: HealthCheckPlan = {
  probe: { kind: 'http', port: 8080, path: '/health', command: ['node', 'health.mjs'], tool: 'node' },
  ...times,
};
const byCommand: HealthCheckPlan = {
  probe: { kind: 'command', command: ['ollama', 'list', '$(X)'], tool: 'ollama' },
  ...times,
};

describe('probes', () => {
  test('startup and readiness ask what the health check asks, liveness asks less and more rarely', () => {
    const httpGet = { path: '/health', port: 8080, httpHeaders: [{ name: 'Host', value: '127.0.0.1:8080' }] };
    expect(Rendered.services(aService({ ports, healthCheck: overHttp })).container('Deployment')).toMatchObject({
      startupProbe: { httpGet, periodSeconds: 9, timeoutSeconds: 5, failureThreshold: 15 },
      readinessProbe: { httpGet, periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 3 },
      livenessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 90, timeoutSeconds: 5, failureThreshold: 3 },
    });
  });

  test('a command is escaped, since the kubelet expands it as it does the command of the container', () => {
    const container = Rendered.services(aService({ ports, healthCheck: byCommand })).container('Deployment');
    expect(container.readinessProbe).toMatchObject({ exec: { command: ['ollama', 'list', '$$(X)'] } });
    expect(container.livenessProbe).toMatchObject({ tcpSocket: { port: 8080 } });
  });

  test('a command without any port has no liveness probe: nothing is cheaper than the check', () => {
    const container = Rendered.services(aService({ healthCheck: byCommand })).container('Deployment');
    expect(container.readinessProbe).toBeDefined();
    expect(container.livenessProbe).toBeUndefined();
  });

  test('probes an undeclared port from inside, and reports it', () => {
    const rendered = Rendered.services(aService({ healthCheck: overHttp }));
    expect(rendered.container('Deployment').readinessProbe).toMatchObject({
      exec: { command: ['node', 'health.mjs'] },
    });
    expect(rendered.entry('box/web', 'health check')?.verdict).toBe('adapted');
  });

  test('a one-shot has no probes, and that is reported', () => {
    const rendered = Rendered.services(
      aService({ lifecycle: 'one-shot', restart: 'never', ports, healthCheck: overHttp }),
    );
    expect(rendered.container('Job')).not.toHaveProperty('readinessProbe');
    expect(rendered.entry('box/web', 'health check')?.verdict).toBe('left-out');
  });
});
