import { aService, goodImage, messages } from './support';
import { Finding, JsonPatch, ServiceProps, Toolbox, Waiver } from '../../src/core';
import { serviceIsolation } from '../../src/rules/service-isolation';
import { synthesize } from '../../src/synth';

/** Findings of a service with one change for one target, as `rule: message`. */
function findingsOf(change: (service: ReturnType<typeof aService>) => void): string[] {
  const toolbox = new Toolbox('box', { title: 'Box', description: 'A box.' });
  change(aService(toolbox, 'a'));
  return synthesize(toolbox)
    .findings.filter(({ path }: Finding) => path === 'box/a')
    .map(({ rule, message }: Finding) => `${rule}: ${message}`);
}

const BASE = '/spec/template/spec';
const CONTAINER = `${BASE}/containers/0`;

describe('rule service-isolation', () => {
  test.each<[props: Partial<ServiceProps>, message: string]>([
    [{ capabilities: ['SYS_ADMIN'] }, 'It has the capability SYS_ADMIN, which leads out of the container.'],
    [{ capabilities: ['ALL'] }, 'It has the capability ALL, which leads out of the container.'],
    [{ devices: ['/dev/kvm'] }, 'It has the device "/dev/kvm" of the host.'],
    [{ securityOpt: ['seccomp=unconfined'] }, 'It runs without a security profile ("seccomp=unconfined").'],
    [{ pid: 'host' }, 'It shares the namespace "processes" with "host".'],
    [{ ipc: 'service:b' }, 'It shares the namespace "shared memory" with "service:b".'],
    [{ uts: 'host' }, 'It shares the namespace "host name" with "host".'],
    [{ usernsMode: 'host' }, 'It shares the namespace "users" with "host".'],
    [{ cgroup: 'host' }, 'It shares the namespace "control groups" with "host".'],
  ])('fails for %j', (props, message) => {
    expect(messages(serviceIsolation, (box) => aService(box, 'a', props))).toEqual([message]);
  });

  test.each<Partial<ServiceProps>>([
    {},
    { capabilities: ['CHOWN'], ipc: 'private', cgroup: 'private', securityOpt: ['apparmor=docker-default'] },
  ])('accepts %j', (props) => {
    expect(messages(serviceIsolation, (box) => aService(box, 'a', props))).toEqual([]);
  });

  test('finds an override beside what the model states', () => {
    const found = findingsOf((service) => {
      service.configure({ pid: 'host' });
      new Waiver(service, 'namespaces', { rule: 'service-isolation', reason: 'It looks at other processes.' });
      service.overrideCompose('ipc', 'host', 'Because');
    });
    expect(found.filter((one) => one.startsWith('service-isolation'))).toEqual([
      'service-isolation: It shares the namespace "processes" with "host".',
      'service-isolation: The override of "ipc" shares the namespace "shared memory" with "host".',
    ]);
  });

  test.each<[key: string, value: unknown, rule: string]>([
    ['privileged', true, 'service-privileged'],
    ['runtime', 'other', 'service-isolation'],
    ['cap_add', ['SYS_ADMIN'], 'service-isolation'],
    ['cap_drop', [], 'service-isolation'],
    ['network_mode', 'host', 'service-isolation'],
    ['pid', 'host', 'service-isolation'],
    ['ipc', 'host', 'service-isolation'],
    ['uts', 'host', 'service-isolation'],
    ['userns_mode', 'host', 'service-isolation'],
    ['cgroup', 'host', 'service-isolation'],
    ['devices', ['/dev/kvm'], 'service-isolation'],
    ['security_opt', ['seccomp:unconfined'], 'service-isolation'],
    ['security_opt', ['no-new-privileges:true', 'apparmor=unconfined'], 'service-isolation'],
    ['security_opt', ['label:disable'], 'service-isolation'],
    ['read_only', false, 'service-isolation'],
    ['volumes_from', ['other'], 'service-isolation'],
    ['user', 'root', 'service-user'],
    ['user', '0:0', 'service-user'],
    ['volumes', ['/:/host'], 'mount-host-path'],
    ['volumes', [{ type: 'bind', source: '/etc', target: '/x' }], 'mount-host-path'],
    ['volumes', ['../../../secrets:/x:ro'], 'mount-host-path'],
    ['volumes', ['~/.ssh:/x:ro'], 'mount-host-path'],
    ['volumes', ['/var/run/docker.sock:/var/run/docker.sock:ro'], 'mount-docker-socket'],
    ['use_api_socket', true, 'mount-docker-socket'],
    ['ports', ['80:80'], 'port-public'],
    ['ports', ['0.0.0.0:80:80'], 'port-public'],
    ['ports', [{ target: 80, published: '80' }], 'port-public'],
    ['environment', { API_TOKEN: 'q8Zr1xW5vT9mK2pL7nB4' }, 'secret-value'],
  ])('the rules find the override of %s with %j', (key, value, rule) => {
    const found = findingsOf((service) => service.overrideCompose(key, value, 'Because'));
    expect(found.filter((one) => one.startsWith(`${rule}: The override of "${key}" `))).not.toEqual([]);
    expect(found.join()).not.toContain('q8Zr1xW5vT9mK2pL7nB4');
  });

  test.each<[pointer: string, value: unknown, rule: string]>([
    [`${CONTAINER}/securityContext/privileged`, true, 'service-privileged'],
    [`${CONTAINER}/securityContext/capabilities/add`, ['SYS_ADMIN'], 'service-isolation'],
    [`${CONTAINER}/securityContext/allowPrivilegeEscalation`, true, 'service-isolation'],
    [`${CONTAINER}/securityContext/readOnlyRootFilesystem`, false, 'service-isolation'],
    [`${CONTAINER}/securityContext`, {}, 'service-isolation'],
    [`${BASE}/hostNetwork`, true, 'service-isolation'],
    [`${BASE}/hostPID`, true, 'service-isolation'],
    [`${BASE}/hostIPC`, true, 'service-isolation'],
    [`${BASE}/securityContext/runAsUser`, 0, 'service-user'],
    [`${CONTAINER}/ports`, [{ containerPort: 80, hostPort: 80 }], 'port-public'],
    [`${CONTAINER}/env`, [{ name: 'API_TOKEN', value: 'q8Zr1xW5vT9mK2pL7nB4' }], 'secret-value'],
  ])('the rules find the patch at %s with %j', (pointer, value, rule) => {
    const found = findingsOf((service) => service.patchKubernetes(JsonPatch.add(pointer, value), 'Because'));
    expect(found.filter((one) => one.startsWith(`${rule}: The patch at ${pointer} `))).not.toEqual([]);
  });

  test('a container that a patch adds is checked too', () => {
    const sidecar = { name: 'spy', image: 'spy:1', securityContext: { privileged: true } };
    const found = findingsOf((service) =>
      service.patchKubernetes(JsonPatch.add(`${BASE}/initContainers`, [sidecar]), 'Because'));
    expect(found.join()).toContain('makes the service privileged');
  });

  test('a waiver lets it through, and counts as used', () => {
    const toolbox = new Toolbox('box', { title: 'Box', description: 'A box.' });
    const service = aService(toolbox, 'a');
    service.overrideCompose('devices', ['/dev/kfd'], 'The graphics card.');
    new Waiver(service, 'waiver', { rule: 'service-isolation', reason: 'It needs the graphics card.' });
    const { findings, files } = synthesize(toolbox);
    expect(findings.filter(({ rule }) => rule === 'service-isolation' || rule === 'waiver-unused')).toMatchObject([
      { rule: 'service-isolation', path: 'box/a', waived: 'It needs the graphics card.' },
    ]);
    expect(files).not.toEqual([]);
  });

  test('overrides that open nothing are accepted, and what the model states is not reported again', () => {
    expect(findingsOf((service) => service.overrideCompose('shm_size', '1gb', 'Because'))).toEqual([]);
    expect(findingsOf((service) => service.overrideCompose('ports', ['127.0.0.1:80:80'], 'Because'))).toEqual([]);
    const toolbox = new Toolbox('box', { title: 'Box', description: 'A box.' });
    aService(toolbox, 'a', { image: goodImage({ rootReason: 'It must.' }), readOnlyRoot: false })
      .overrideCompose('labels', { a: 'b' }, 'Because');
    expect(synthesize(toolbox).findings.filter(({ rule }) => rule === 'service-isolation')).toEqual([]);
  });
});
