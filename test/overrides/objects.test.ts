import { Stack } from './support';
import { JsonPatch } from '../../src/core';
import { DIGEST } from '../rules/support';

describe('Compose', () => {
  test('the entry of every construct and the file itself can be overridden', () => {
    const stack = new Stack();
    stack.web.overrideCompose('shm_size', '64m', 'Shared memory.');
    stack.network.overrideCompose('ipam', { config: [{ subnet: '10.5.0.0/24' }] }, 'A fixed range.');
    stack.volume.overrideCompose('labels', { backup: 'daily' }, 'The backup reads it.');
    stack.toolbox.overrideCompose('x-team', { name: 'tools' }, 'Our own tools read it.');
    stack.toolbox.overrideCompose('configs', { motd: { content: 'hello' } }, 'A config of our own.');
    const file = stack.compose();
    expect(Object.keys(file)).toEqual(['x-team', 'name', 'services', 'networks', 'volumes', 'configs']);
    expect(file.services.web.shm_size).toBe('64m');
    expect(file.networks.inner).toMatchObject({ internal: true, ipam: { config: [{ subnet: '10.5.0.0/24' }] } });
    expect(file.volumes.data).toEqual({ labels: { backup: 'daily' } });
  });

  test('a service of its own joins the file, in the order of keys of the others', () => {
    const stack = new Stack();
    const extra = {
      user: '10001:10001',
      security_opt: ['no-new-privileges:true'],
      read_only: true,
      networks: ['inner'],
      cap_drop: ['ALL'],
      image: `example/extra:1.0.0@${DIGEST}`,
    };
    stack.toolbox.overrideCompose('services', { extra }, 'The model does not know it yet.');
    expect(Object.keys(stack.compose().services.extra)).toEqual(
      ['image', 'networks', 'user', 'cap_drop', 'read_only', 'security_opt'],
    );
  });
});

describe('Kubernetes', () => {
  test.each<[kind: string, name: string]>([
    ['Namespace', 'box'],
    ['NetworkPolicy', 'default-deny'],
    ['NetworkPolicy', 'web'],
    ['PersistentVolumeClaim', 'data'],
    ['ServiceAccount', 'web'],
    ['ConfigMap', 'web-files'],
    ['Service', 'web'],
    ['Service', 'db-pods'],
    ['Deployment', 'web'],
    ['StatefulSet', 'db'],
  ])('%s "%s" can be patched', (kind, name) => {
    const stack = new Stack();
    stack.toolbox.patchKubernetes({ kind, name }, JsonPatch.add('/metadata/labels/team', 'tools'), 'Our label.');
    expect(stack.object(kind, new RegExp(`^${name}`))!.metadata.labels.team).toBe('tools');
  });

  test('the claim of a volume can be patched through the volume', () => {
    const stack = new Stack();
    stack.volume.patchKubernetes(JsonPatch.add('/spec/volumeName', 'disk-1'), 'A disk that exists.');
    expect(stack.object('PersistentVolumeClaim', /^data$/)!.spec.volumeName).toBe('disk-1');
  });

  test('a ConfigMap with other content gets another name, which the pod mounts', () => {
    const names = [undefined, 'a=c\n'].map((text) => {
      const stack = new Stack();
      if (text !== undefined) {
        const patch = JsonPatch.replace('/data/web.conf', text);
        stack.toolbox.patchKubernetes({ kind: 'ConfigMap', name: 'web-files' }, patch, 'Another value.');
      }
      const name = stack.object('ConfigMap', /^web-files-/)!.metadata.name as string;
      const pod = stack.object('Deployment', /^web$/)!.spec.template.spec;
      expect(pod.volumes).toMatchObject([{ configMap: { name } }]);
      return name;
    });
    expect(new Set(names).size).toBe(2);
  });
});
