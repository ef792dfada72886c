import { Rendered } from './rendered';
import { map } from '../../parity/kubernetes-object';
import { anImage, aService, SOME_DIGEST } from '../../plan/plan-builder';

const writing = { mounts: [{ kind: 'volume', path: '/data', volume: 'data', readOnly: false }] } as const;
const data = {
  path: 'box/data',
  name: 'data',
  description: '',
  source: { kind: 'persistent' },
  megabytes: 10,
  multiWriter: false,
  users: [],
} as const;

describe('the kind of a workload', () => {
  test('a service that writes to no volume is a Deployment that starts the new pod before it stops the old one', () => {
    expect(Rendered.services(aService()).spec('Deployment')).toMatchObject({
      replicas: 1, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    });
  });

  test('a service that writes to a volume is a StatefulSet with a Service for its pod names', () => {
    const rendered = Rendered.plan({ services: [aService(writing)], volumes: [data] });
    expect(rendered.spec('StatefulSet')).toMatchObject({
      replicas: 1,
      serviceName: 'web-pods',
      updateStrategy: { type: 'RollingUpdate' },
    });
    expect(rendered.spec('Service', 'web-pods')).toEqual({
      type: 'ClusterIP',
      clusterIP: 'None',
      selector: map(rendered.spec('StatefulSet').selector).matchLabels,
    });
  });

  test('the Service of the pod names never takes the name of another service', () => {
    const rendered = Rendered.plan({ services: [aService(writing), aService({ name: 'web-pods' })], volumes: [data] });
    expect(rendered.spec('StatefulSet').serviceName).toBe('web-pods-pods');
  });

  test('a writing service with a name too long for a StatefulSet is a Deployment that stops the old pod first', () => {
    const rendered = Rendered.plan({ services: [aService({ ...writing, name: 'w'.repeat(53) })], volumes: [data] });
    expect(rendered.spec('Deployment').strategy).toEqual({ type: 'Recreate' });
  });

  test.each([['never', 'Never', 0], ['on-failure', 'OnFailure', 6], ['always', 'OnFailure', 6]] as const)(
    'a one-shot with restart %s is a Job with restart policy %s', (restart, policy, backoffLimit) => {
      const rendered = Rendered.services(aService({ lifecycle: 'one-shot', restart }));
      expect(rendered.spec('Job')).toMatchObject({ backoffLimit, ttlSecondsAfterFinished: 86400 });
      expect(rendered.pod('Job').restartPolicy).toBe(policy);
      expect(rendered.entry('box/web', 'restart policy')?.verdict).toBe(restart === 'always' ? 'adapted' : undefined);
    });

  test('a Job that changes gets another name, since a cluster refuses to change it', () => {
    const names = ['a', 'b', 'a'].map((argument) => {
      const job = Rendered.services(aService({ lifecycle: 'one-shot', restart: 'never', command: [argument] })).ofKind(
        'Job',
      )[0];
      return map(job.metadata).name as string;
    });
    expect(names[0]).toMatch(/^web-[0-9a-f]{10}$/);
    expect(names[1]).not.toBe(names[0]);
    expect(names[2]).toBe(names[0]);
  });

  test('a service that runs on workstations alone is not rendered', () => {
    const rendered = Rendered.services(aService({ places: ['workstation'] }));
    expect([...rendered.files.keys()]).toEqual([
      'kubernetes/draft/kustomization.yaml',
      'kubernetes/draft/namespace.yaml',
      'kubernetes/draft/network-policies.yaml',
    ]);
    expect(rendered.fidelity).toEqual([]);
  });
});

describe('the container of a service', () => {
  test('entry point, arguments and working directory are said, and never expanded', () => {
    const container = Rendered.services(
      aService({ entrypoint: ['/run'], command: ['$(HOME)', '$HOME', '$$', 'a$'], workingDirectory: '/srv' }),
    ).container('Deployment');
    expect(container).toMatchObject({
      command: ['/run'],
      args: ['$$(HOME)', '$HOME', '$$$$', 'a$'],
      workingDir: '/srv',
    });
  });

  test('what the model leaves to the image is left out', () => {
    const container = Rendered.services(aService()).container('Deployment');
    expect(Object.keys(container)).toEqual(['name', 'image', 'imagePullPolicy', 'securityContext']);
  });

  test('an image from a registry has tag and digest and is always asked for', () => {
    expect(Rendered.services(aService()).container('Deployment')).toMatchObject({
      image: `example/web:1.2.3@${SOME_DIGEST}`,
      imagePullPolicy: 'Always',
    });
  });

  test('a built image is taken from the node, and that is reported', () => {
    const build = { context: 'containers/web', dockerfile: 'Dockerfile', baseComponents: [], args: [] };
    const rendered = Rendered.services(
      aService({ image: anImage({ origin: 'build', repository: 'box/web', digest: undefined, build }) }),
    );
    expect(rendered.container('Deployment')).toMatchObject({ image: 'box/web:1.2.3', imagePullPolicy: 'IfNotPresent' });
    expect(rendered.entry('box/web', 'image build')?.remedy).toContain('box/web:1.2.3');
  });

  test('a terminal stays open, and the report says how to attach', () => {
    const rendered = Rendered.plan({ services: [aService({ ...writing, terminal: true })], volumes: [data] });
    expect(rendered.container('StatefulSet')).toMatchObject({ stdin: true, tty: true });
    expect(rendered.entry('box/web', 'attaching')?.remedy).toBe('Attach: `kubectl --namespace box attach -it web-0`.');
  });

  test('limits and requests are those of the plan, accelerators are in both', () => {
    const resources = {
      cpuMillis: 1000,
      cpuRequestMillis: 250,
      memoryMegabytes: 512,
      memoryRequestMegabytes: 256,
      pids: 64,
      ephemeralStorageMegabytes: 1024,
    };
    const rendered = Rendered.services(aService({ resources, accelerator: { vendor: 'nvidia', count: 2 } }));
    expect(rendered.container('Deployment').resources).toEqual({
      limits: { 'cpu': '1', 'memory': '512Mi', 'ephemeral-storage': '1Gi', 'nvidia.com/gpu': '2' },
      requests: { 'cpu': '250m', 'memory': '256Mi', 'ephemeral-storage': '1Gi', 'nvidia.com/gpu': '2' },
    });
    expect(rendered.entry('box/web', 'process limit')).toMatchObject({
      verdict: 'left-out',
      remedy: 'Set podPidsLimit of the kubelet to 64 or less.',
    });
  });

  test('all accelerators of a node are refused', () => {
    const rendered = Rendered.services(aService({ accelerator: { vendor: 'nvidia', count: 'all' } }));
    expect(rendered.container('Deployment').resources).toBeUndefined();
    expect(rendered.entry('box/web', 'accelerator')?.verdict).toBe('refused');
  });

  test('reaches ports of services by name, and reports published ports', () => {
    const rendered = Rendered.services(aService({
      ports: [
        { name: 'http', port: 8080, protocol: 'tcp', exposure: 'loopback', hostPort: 18080 },
        { name: 'dns', port: 5353, protocol: 'udp', exposure: 'internal' },
      ],
    }));
    expect(rendered.spec('Service')).toMatchObject({
      type: 'ClusterIP',
      ports: [
        { name: 'http', port: 8080, targetPort: 'http', protocol: 'TCP' },
        { name: 'dns', port: 5353, targetPort: 'dns', protocol: 'UDP' },
      ],
    });
    expect(rendered.entry('box/web', 'port exposure')?.remedy).toBe(
      'Forward it to your machine: `kubectl --namespace box port-forward service/web 18080:8080`.',
    );
  });
});
