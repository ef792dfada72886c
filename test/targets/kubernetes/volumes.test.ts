import { Rendered } from './rendered';
import { MountPlan, VolumePlan } from '../../../src/plan/plan';
import { anImage, aService } from '../../plan/plan-builder';

const writes: MountPlan = { kind: 'volume', path: '/data', volume: 'data', readOnly: false };
const reads: MountPlan = { ...writes, readOnly: true };

function volume(facts: Partial<VolumePlan> = {}): VolumePlan {
  return {
    path: 'box/data',
    name: 'data',
    description: '',
    source: { kind: 'persistent' },
    megabytes: 2048,
    multiWriter: false,
    users: [],
    ...facts,
  };
}

function claimOf(...mounts: readonly MountPlan[]): Rendered {
  return Rendered.plan({
    services: mounts.map((mount, index) => aService({ name: `s${index}`, mounts: [mount] })),
    volumes: [volume()],
  });
}

describe('claims', () => {
  test.each([
    ['one writer', [writes], 'ReadWriteOnce', undefined],
    ['one reader', [reads], 'ReadWriteOnce', undefined],
    ['a writer and a reader', [writes, reads], 'ReadWriteMany', 'adapted'],
    ['two writers', [writes, writes], 'ReadWriteMany', 'adapted'],
    ['two readers', [reads, reads], 'ReadOnlyMany', 'adapted'],
  ])('%s', (_, mounts, mode, verdict) => {
    const rendered = claimOf(...mounts);
    expect(rendered.spec('PersistentVolumeClaim')).toEqual({
      accessModes: [mode],
      resources: { requests: { storage: '2Gi' } },
    });
    expect(rendered.entry('box/data', 'shared volume')?.verdict).toBe(verdict);
  });

  test('a service that mounts a volume twice is one user', () => {
    const rendered = Rendered.plan({
      services: [aService({ mounts: [writes, { ...reads, path: '/other' }] })],
      volumes: [volume()],
    });
    expect(rendered.spec('PersistentVolumeClaim').accessModes).toEqual(['ReadWriteOnce']);
    expect(rendered.pod('StatefulSet').volumes).toEqual([
      { name: 'claim-data', persistentVolumeClaim: { claimName: 'data' } },
    ]);
    expect(rendered.container('StatefulSet').volumeMounts).toEqual([
      { name: 'claim-data', mountPath: '/data' }, { name: 'claim-data', mountPath: '/other', readOnly: true },
    ]);
  });

  test('a claim that is only read is mounted read-only, and attached as for everyone', () => {
    const rendered = Rendered.plan({
      services: [aService({ mounts: [reads] })],
      volumes: [volume({ storageClass: 'fast' })],
    });
    expect(rendered.pod('Deployment').volumes).toEqual([
      { name: 'claim-data', persistentVolumeClaim: { claimName: 'data' } },
    ]);
    expect(rendered.spec('PersistentVolumeClaim').storageClassName).toBe('fast');
  });

  test('a volume that no service of the cluster uses has no claim', () => {
    const rendered = Rendered.plan({
      services: [aService({ mounts: [writes], places: ['workstation'] })],
      volumes: [volume()],
    });
    expect(rendered.ofKind('PersistentVolumeClaim')).toEqual([]);
  });

  test('a folder of the host becomes an empty claim, and the report says how to fill it', () => {
    const source = { kind: 'host-directory', directory: "./it's here" } as const;
    const rendered = Rendered.plan({ services: [aService({ mounts: [writes] })], volumes: [volume({ source })] });
    expect(rendered.entry('box/data', 'host directory')?.remedy).toBe(
      "Copy the data in: `kubectl --namespace box cp './it'\\''s here/.' web-0:/data`.",
    );
  });

  test('a folder of the host that no service writes to is filled from another pod', () => {
    const source = { kind: 'host-directory', directory: './shared' } as const;
    const rendered = Rendered.plan({ services: [aService({ mounts: [reads] })], volumes: [volume({ source })] });
    expect(rendered.entry('box/data', 'host directory')?.remedy).toBe(
      'Copy the data in from a pod of your own that mounts the claim data.',
    );
  });

  test('reports writers of different groups', () => {
    const services = [
      aService({ mounts: [writes] }),
      aService({ name: 'other', mounts: [writes], user: { uid: 10002, gid: 10002 } }),
    ];
    expect(Rendered.plan({ services, volumes: [volume()] }).entry('box/data', 'volume owner')?.verdict).toBe('adapted');
  });
});

describe('scratch space', () => {
  test('it is in memory and has a limit; what must be written on a read-only root is scratch space too', () => {
    const mounts: MountPlan[] = [{ kind: 'scratch', path: '/tmp', megabytes: 16, executable: true }];
    const rendered = Rendered.services(
      aService({ mounts, image: anImage({ facts: { writablePaths: ['/var/cache/web'] } }) }),
    );
    const volumes = rendered.pod('Deployment').volumes as { name: string }[];
    expect(volumes).toContainEqual({ name: 'scratch-tmp', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } });
    expect(volumes).toHaveLength(2);
    expect(rendered.entry('box/web', 'scratch without programs')?.reason).toContain('(/var/cache/web)');
  });
});

describe('configuration files', () => {
  const file = (text: string): MountPlan => ({
    kind: 'file',
    path: '/etc/web/config.toml',
    file: { constructPath: 'box/web/config', name: 'config.toml', content: [{ kind: 'text', text }] },
  });

  test('the file alone is mounted, read-only, from a ConfigMap that never changes', () => {
    const rendered = Rendered.services(aService({ mounts: [file('a = 1\n')] }));
    const [configMap] = rendered.ofKind('ConfigMap');
    expect(configMap).toMatchObject({ immutable: true, data: { 'config.toml': 'a = 1\n' } });
    expect(rendered.container('Deployment').volumeMounts).toEqual([
      { name: 'files', mountPath: '/etc/web/config.toml', subPath: 'config.toml', readOnly: true },
    ]);
  });

  test('other content gives another name, and so another pod', () => {
    const names = ['a = 1\n', 'a = 2\n'].map((text) =>
      JSON.stringify(Rendered.services(aService({ mounts: [file(text)] })).pod('Deployment').volumes),
    );
    expect(names[0]).toMatch(/web-files-[0-9a-f]{10}/);
    expect(names[0]).not.toBe(names[1]);
  });

  test('an address without anything behind it refuses the whole file', () => {
    const endpoint = { to: 'host-service', name: 'nowhere', port: 1, scheme: 'http', suffix: '' } as const;
    const mount: MountPlan = {
      kind: 'file',
      path: '/etc/x',
      file: { constructPath: 'box/web/x', name: 'x', content: [{ kind: 'endpoint', endpoint }] },
    };
    const rendered = Rendered.services(aService({ mounts: [mount] }));
    expect(rendered.ofKind('ConfigMap')).toEqual([]);
    expect(rendered.container('Deployment').volumeMounts).toBeUndefined();
    expect(rendered.entry('box/web', 'mounts')?.verdict).toBe('refused');
  });

  test('a name that is no key of a ConfigMap is replaced, the path stays', () => {
    const mount = { ...file('x'), file: { constructPath: 'c', name: 'ä b', content: [] } } as MountPlan;
    const rendered = Rendered.services(aService({ mounts: [mount] }));
    const [key] = Object.keys(rendered.ofKind('ConfigMap')[0].data as object);
    expect(key).toMatch(/^file-[a-z0-9-]+$/);
    expect(rendered.container('Deployment').volumeMounts).toMatchObject([
      { mountPath: '/etc/web/config.toml', subPath: key },
    ]);
  });

  test('fails on more than a ConfigMap holds', () => {
    const rendered = Rendered.services(aService({ mounts: [file('x'.repeat(1024 * 1024 + 1))] }));
    expect(rendered.ofKind('ConfigMap')).toEqual([]);
    expect(rendered.entry('box/web', 'mounts')?.verdict).toBe('refused');
  });
});
