import { Rendered } from './rendered';
import { ImageUserPlan, ServicePlan, VolumePlan } from '../../../src/plan/plan';
import { map } from '../../parity/kubernetes-object';
import { anImage, aService } from '../../plan/plan-builder';

const root: Partial<ServicePlan> = {
  user: { uid: 0, gid: 0 },
  image: anImage({ facts: { rootReason: 'it writes below /root.' } }),
};

function aVolume(): VolumePlan {
  return {
    path: 'box/data',
    name: 'data',
    description: '',
    source: { kind: 'persistent' },
    megabytes: 1,
    multiWriter: false,
    users: [],
  };
}

function levels(rendered: Rendered): unknown {
  const labels = map(map(rendered.ofKind('Namespace')[0].metadata).labels);
  return ['enforce', 'audit', 'warn'].map((mode) => labels[`pod-security.kubernetes.io/${mode}`]);
}

describe('security', () => {
  test('the namespace enforces "restricted"', () => {
    expect(levels(Rendered.services(aService({ capabilities: ['NET_BIND_SERVICE'] })))).toEqual([
      'restricted',
      'restricted',
      'restricted',
    ]);
  });

  test('a service that runs as root weakens pod security, and its reason is reported', () => {
    const rendered = Rendered.services(aService(root));
    expect(levels(rendered)).toEqual(['baseline', 'restricted', 'restricted']);
    expect(rendered.entry('box/web', 'pod security')?.reason).toContain('(it writes below /root)');
    expect(rendered.pod('Deployment').securityContext).toEqual({
      runAsNonRoot: false,
      runAsUser: 0,
      runAsGroup: 0,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  test('an unknown user weakens pod security, and the pod states no user and no group', () => {
    const mounts = [{ kind: 'volume', path: '/data', volume: 'data', readOnly: false }] as const;
    const unknown = { user: undefined, mounts, image: anImage({ facts: { user: undefined } }) };
    const rendered = Rendered.plan({ services: [aService(unknown)], volumes: [aVolume()] });
    expect(levels(rendered)).toEqual(['baseline', 'restricted', 'restricted']);
    expect(rendered.pod('StatefulSet').securityContext).toEqual({ seccompProfile: { type: 'RuntimeDefault' } });
    expect(rendered.container('StatefulSet').securityContext).toMatchObject({ capabilities: { drop: ['ALL'] } });
    expect(rendered.entry('box/web', 'pod security')?.reason).toContain('Its user is unknown');
    expect(rendered.entry('box/web', 'volume owner')?.reason).toContain('a new one belongs to root');
  });

  test('the user of an image is stated if it is a number and not root', () => {
    const mounts = [{ kind: 'volume', path: '/data', volume: 'data', readOnly: false }] as const;
    const of = (user: ImageUserPlan): Rendered => Rendered.plan({
      services: [aService({ user: undefined, mounts, image: anImage({ facts: { user } }) })],
      volumes: [aVolume()],
    });
    const known = of({ uid: 472, gid: 20 });
    expect(levels(known)).toEqual(['restricted', 'restricted', 'restricted']);
    expect(known.pod('StatefulSet').securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 472,
      runAsGroup: 20,
      fsGroup: 20,
    });
    expect(known.entry('box/web', 'user')?.reason).toContain('the user of its image, 472:20');
    expect(of({ uid: 1001 }).pod('StatefulSet').securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 1001,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    for (const [user, reason] of [
      [{ uid: 0, gid: 0 }, 'starts as root'],
      [{ name: 'node' }, 'by name (node)'],
    ] as const) {
      const rendered = of(user);
      expect(levels(rendered)).toEqual(['baseline', 'restricted', 'restricted']);
      expect(rendered.pod('StatefulSet').securityContext).toEqual({ seccompProfile: { type: 'RuntimeDefault' } });
      expect(rendered.entry('box/web', 'pod security')?.reason).toContain(reason);
      expect(rendered.entry('box/web', 'user')).toBeUndefined();
    }
  });

  test('a root service on workstations alone weakens nothing', () => {
    expect(levels(Rendered.services(aService({ ...root, places: ['workstation'] })))).toEqual([
      'restricted',
      'restricted',
      'restricted',
    ]);
  });

  test('a kept capability weakens what is enforced; one that "baseline" does not know is refused', () => {
    const rendered = Rendered.services(aService({ capabilities: ['CHOWN', 'SYS_ADMIN'] }));
    expect(levels(rendered)).toEqual(['baseline', 'restricted', 'restricted']);
    expect(rendered.container('Deployment').securityContext).toMatchObject({
      capabilities: { drop: ['ALL'], add: ['CHOWN'] },
    });
    expect(rendered.entry('box/web', 'capabilities')).toMatchObject({
      verdict: 'refused',
      reason: 'Pod Security "baseline" lets no container keep SYS_ADMIN.',
    });
  });

  test('user, group and read-only root are the plan\'s; files of written volumes belong to the group', () => {
    const mounts = [{ kind: 'volume', path: '/data', volume: 'data', readOnly: false }] as const;
    const rendered = Rendered.plan({
      services: [aService({ mounts, user: { uid: 1000, gid: 2000 }, readOnlyRoot: false })],
      volumes: [aVolume()],
    });
    expect(rendered.pod('StatefulSet').securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 2000,
      fsGroup: 2000,
    });
    expect(rendered.container('StatefulSet').securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: false,
    });
  });

  test('each service has an account of its own without a token', () => {
    const rendered = Rendered.services(aService());
    expect(rendered.ofKind('ServiceAccount')).toMatchObject([
      { metadata: { name: 'web' }, automountServiceAccountToken: false },
    ]);
    expect(rendered.pod('Deployment')).toMatchObject({
      serviceAccountName: 'web',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
    });
  });

  test('secrets are names: the report says how to create them', () => {
    const environment = [
      { name: 'TOKEN', value: { kind: 'secret', envFile: 'env-local', key: 'GATEWAY_TOKEN' } },
    ] as const;
    const envFiles = [{ path: 'box/env', file: '.env.local', name: 'env-local', keys: [] }];
    const rendered = Rendered.plan({ services: [aService({ environment })], envFiles });
    expect(rendered.container('Deployment').env).toEqual([
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'env-local', key: 'GATEWAY_TOKEN' } } },
    ]);
    expect(rendered.ofKind('Secret')).toEqual([]);
    expect(rendered.entry('box/env', 'env file')?.remedy).toBe(
      'Create it: `kubectl --namespace box create secret generic env-local --from-env-file=.env.local`.',
    );
  });
});
