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

  test('the start asks as often as the model says, in steps that fit', () => {
    const at = (startIntervalSeconds: number): unknown => {
      const healthCheck = { ...overHttp, startIntervalSeconds };
      return Rendered.services(aService({ ports, healthCheck })).container('Deployment').startupProbe;
    };
    expect(at(5)).toMatchObject({ periodSeconds: 5, failureThreshold: 27 });
    expect(at(2)).toMatchObject({ periodSeconds: 1, failureThreshold: 135 });
    expect(at(90)).toMatchObject({ periodSeconds: 45, failureThreshold: 3 });
  });

  test('the health check of an image becomes a probe if its command is known, and is reported', () => {
    const of = (command?: string[]): Rendered =>
      Rendered.services(aService({ ports, healthCheck: { ...times, probe: { kind: 'image', command } } }));
    const known = of(['/bin/sh', '-c', 'curl $(URL)']);
    expect(known.container('Deployment').readinessProbe).toMatchObject({
      exec: { command: ['/bin/sh', '-c', 'curl $$(URL)'] },
      periodSeconds: 30,
    });
    expect(known.entry('box/web', 'health check')?.verdict).toBe('adapted');
    expect(of().container('Deployment')).not.toHaveProperty('readinessProbe');
    expect(of().entry('box/web', 'health check')?.verdict).toBe('left-out');
  });

  test('command and arguments of the container are escaped in the same way', () => {
    const words = ['$(A)', '$$(B)', '$C', '$$'];
    expect(Rendered.services(aService({ entrypoint: words, command: words })).container('Deployment')).toMatchObject({
      command: ['$$(A)', '$$$$(B)', '$C', expect.stringMatching(/^\$+$/)],
      args: ['$$(A)', '$$$$(B)', '$C', expect.stringMatching(/^\$+$/)],
    });
  });

  test('a one-shot has no probes, and that is reported', () => {
    const rendered = Rendered.services(
      aService({ lifecycle: 'one-shot', restart: 'never', ports, healthCheck: overHttp }),
    );
    expect(rendered.container('Job')).not.toHaveProperty('readinessProbe');
    expect(rendered.entry('box/web', 'health check')?.verdict).toBe('left-out');
  });
});
