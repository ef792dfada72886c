import * as jsYaml from 'js-yaml';
import {
  Mount,
  MountPropagation,
  Place,
  Port,
  Protocol,
  SelinuxLabel,
  Service,
  Severity,
  Size,
  Testing,
  Toolbox,
  Volume,
  Waiver,
} from '../../src/core';
import { aService, aToolbox } from '../rules/support';

const size = Size.gibibytes(1);

interface Result {
  readonly errors: string[];
  readonly compose: any;
  readonly objects: any[];
  readonly fidelity: string;
}

function synth(build: (box: Toolbox) => Service): Result {
  const box = aToolbox();
  const service = build(box);
  new Waiver(service, 'host', { rule: 'mount-host-path', reason: 'The program needs it.' });
  const { findings, files } = Testing.synth(box);
  const manifests = Object.entries(files).filter(([path]) => path.startsWith('kubernetes/'));
  return {
    errors: findings
      .filter(({ severity, waived }) => severity === Severity.ERROR && waived === undefined)
      .map(({ rule }) => rule),
    compose: jsYaml.load(files['compose/docker-compose.draft.yml'] ?? ''),
    objects: manifests.flatMap(([, text]) => jsYaml.loadAll(text)),
    fidelity: files['docs/FIDELITY.md'] ?? '',
  };
}

function claims({ objects }: Result): any[] {
  return objects.filter(({ kind }) => kind === 'PersistentVolumeClaim');
}

function podOf({ objects }: Result): any {
  return objects.find(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind as string)).spec.template.spec;
}

describe('volumes', () => {
  test('an external volume is made by no target', () => {
    const result = synth((box) => aService(box, 'app', {
      mounts: [Mount.volume(Volume.external(box, 'data', { volumeName: 'old_data' }), '/data')],
    }));
    expect(result.compose.volumes).toEqual({ data: { name: 'old_data', external: true } });
    expect(claims(result)).toEqual([]);
    expect(podOf(result).volumes[0].persistentVolumeClaim).toEqual({ claimName: 'old-data' });
    expect(result.fidelity).toContain('The claim old-data must exist in the namespace');
  });

  test('an external volume has its own name by default', () => {
    const { compose } = synth((box) => aService(box, 'app', {
      mounts: [Mount.volume(Volume.external(box, 'pg_data'), '/data')],
    }));
    expect(compose.volumes).toEqual({ pg_data: { name: 'pg_data', external: true } });
  });

  test('a persistent volume keeps the name, driver, options and labels of an engine', () => {
    const result = synth((box) => aService(box, 'app', {
      mounts: [Mount.volume(Volume.persistent(box, 'data', {
        size,
        volumeName: 'old_data',
        driver: 'local',
        driverOptions: { type: 'nfs', o: 'addr=10.0.0.5,rw', device: ':/data' },
        labels: { keep: 'yes' },
      }), '/data', { copyFromImage: false, subpath: 'app' })],
    }));
    expect(result.errors).toEqual([]);
    expect(result.compose.volumes.data).toEqual({
      name: 'old_data',
      driver: 'local',
      driver_opts: { device: ':/data', o: 'addr=10.0.0.5,rw', type: 'nfs' },
      labels: { keep: 'yes' },
    });
    expect(result.compose.services.app.volumes).toEqual([
      { type: 'volume', source: 'data', target: '/data', volume: { nocopy: true, subpath: 'app' } },
    ]);
    expect(claims(result)[0].metadata.name).toBe('old-data');
    expect(podOf(result).containers[0].volumeMounts).toMatchObject([{ mountPath: '/data', subPath: 'app' }]);
    expect(result.fidelity).toContain('volume driver');
  });

  test('a folder of the host behind the driver local is judged as one', () => {
    const box = aToolbox();
    Volume.persistent(box, 'etc', { size, driverOptions: { type: 'none', o: 'ro,bind', device: '/etc' } });
    expect(Testing.synth(box).findings.map(({ message }) => message)).toEqual([
      'The host folder "/etc" gives control of the machine.',
    ]);
  });

  test('a subpath stays within the volume', () => {
    const { errors } = synth((box) => aService(box, 'app', {
      mounts: ['../other', '/etc', 'a/'].map((subpath, index) => (
        Mount.volume(Volume.persistent(box, `data-${index}`, { size }), `/data-${index}`, { subpath }))),
    }));
    expect(errors).toEqual(['mount-path', 'mount-path', 'mount-path']);
  });

  test('an anonymous volume is new for every container', () => {
    const result = synth((box) => aService(box, 'app', { mounts: [Mount.anonymousVolume('/app/node_modules')] }));
    expect(result.compose.services.app.volumes).toEqual([{ type: 'volume', target: '/app/node_modules' }]);
    expect(podOf(result).volumes[0].emptyDir).toEqual({});
    expect(result.fidelity).toContain('anonymous volumes');
  });

  test('a path of the host is for a workstation alone', () => {
    const mounts = [Mount.hostPath('~/.gitconfig', '/root/.gitconfig'), Mount.hostPath('/lib/modules', '/lib/modules', {
      readOnly: false, selinux: SelinuxLabel.SHARED, propagation: MountPropagation.HOST_TO_CONTAINER,
    })];
    const { compose } = synth((box) => aService(box, 'app', { mounts, places: [Place.WORKSTATION] }));
    expect(compose.services.app.volumes).toEqual([
      {
        type: 'bind',
        source: '/lib/modules',
        target: '/lib/modules',
        bind: { propagation: 'rslave', create_host_path: false, selinux: 'z' },
      },
      {
        type: 'bind',
        source: '~/.gitconfig',
        target: '/root/.gitconfig',
        read_only: true,
        bind: { create_host_path: false },
      },
    ]);
    expect(synth((box) => aService(box, 'app', { mounts })).errors).toEqual(['target-refused']);
  });

  test('a service and a volume may have one name', () => {
    const result = synth((box) => aService(box, 'ollama', {
      mounts: [Mount.volume(Volume.persistent(box, 'models', { size, name: 'ollama' }), '/root/.ollama')],
    }));
    expect(result.errors).toEqual([]);
    expect(Object.keys(result.compose.services)).toEqual(Object.keys(result.compose.volumes));
    expect(claims(result)[0].metadata.name).toBe('ollama');
  });

  test('a port may be for connections and for datagrams', () => {
    const { errors, compose, objects } = synth((box) => aService(box, 'dns', {
      ports: [Port.internal(53), Port.internal(53, { protocol: Protocol.UDP })],
    }));
    expect(errors).toEqual([]);
    expect(compose.services.dns.expose).toEqual(['53', '53/udp']);
    expect(objects.find(({ kind, spec }) => kind === 'Service' && spec.ports !== undefined).spec.ports).toEqual([
      { name: 'port-53', port: 53, targetPort: 'port-53', protocol: 'TCP' },
      { name: 'port-53-udp', port: 53, targetPort: 'port-53-udp', protocol: 'UDP' },
    ]);
  });
});
