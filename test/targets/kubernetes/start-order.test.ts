import { Rendered } from './rendered';
import { DependencyPlan, HealthCheckPlan, Plan } from '../../../src/plan/plan';
import { list, map } from '../../parity/kubernetes-object';
import { anImage, aService } from '../../plan/plan-builder';

const healthCheck: HealthCheckPlan = {
  probe: { kind: 'tcp', port: 5432, command: [], tool: 'nc' },
  intervalSeconds: 10,
  timeoutSeconds: 1,
  retries: 3,
  startPeriodSeconds: 0,
};
const ports = [{ name: 'sql', port: 5432, protocol: 'tcp', exposure: 'internal' }] as const;
const reaches = [
  {
    from: 'web',
    to: { kind: 'service', name: 'db', port: 5432, protocol: 'tcp' },
    network: 'net',
    places: ['cluster'],
  },
] as const;

function planWith(
  condition: DependencyPlan['condition'],
  healthTools: readonly string[],
  facts: Partial<Plan> = {},
): Rendered {
  const web = aService({
    image: anImage({ facts: { healthTools } }),
    dependencies: [{ service: 'db', condition }],
    resources: { cpuMillis: 100 },
    accelerator: { vendor: 'nvidia', count: 1 },
  });
  return Rendered.plan({ services: [aService({ name: 'db', ports, healthCheck }), web], reaches, ...facts });
}

function annotation(rendered: Rendered): unknown {
  const workload = rendered.ofKind('Deployment').find((object) => map(object.metadata).name === 'web');
  return map(map(workload?.metadata).annotations)['toolbox-constructs/depends-on'];
}

describe('start order', () => {
  test.each([
    ['node', '--eval'],
    ['bash', '-c'],
  ])("a healthy service is waited for by the image's own %s", (tool, option) => {
    const rendered = planWith('healthy', [tool]);
    const [wait] = list(rendered.pod('Deployment', 'web').initContainers).map(map);
    expect(wait).toMatchObject({
      name: 'wait-for-db',
      image: rendered.container('Deployment', 'web').image,
      resources: { limits: { cpu: '100m' } },
    });
    expect(wait.command).toEqual([tool, option, expect.any(String), 'db', '5432']);
    expect(wait.securityContext).toEqual(rendered.container('Deployment', 'web').securityContext);
    expect(rendered.entry('box/web', 'start order')).toBeUndefined();
  });

  test('an init container takes no accelerator', () => {
    const [wait] = list(planWith('healthy', ['bash']).pod('Deployment', 'web').initContainers).map(map);
    expect(JSON.stringify(wait)).not.toContain('nvidia');
  });

  test.each([
    ['no tool in the image', planWith('healthy', ['curl'])],
    ['no way to the service', planWith('healthy', ['node'], { reaches: [] })],
    ['a service that is only to be started', planWith('started', ['node'])],
  ])('with %s it relies on retry, and that is reported', (_, rendered) => {
    expect(rendered.pod('Deployment', 'web').initContainers).toBeUndefined();
    expect(rendered.entry('box/web', 'start order')?.reason).toContain('it starts at once and relies on retry');
  });

  test('the end of a Job is waited for by a person', () => {
    const services = [
      aService({ name: 'db', lifecycle: 'one-shot', restart: 'never' }),
      aService({ dependencies: [{ service: 'db', condition: 'completed' }] }),
    ];
    expect(Rendered.services(...services).entry('box/web', 'start order')?.remedy).toBe(
      'Before the first use wait with `kubectl --namespace box wait job --selector=app.kubernetes.io/name=db ' +
        '--for=condition=complete --timeout=30m`.',
    );
  });

  test('the order is written on the workload in any case', () => {
    expect(annotation(planWith('healthy', ['node']))).toBe('db=healthy');
    expect(annotation(planWith('started', []))).toBe('db=started');
  });
});
