import { loadAll } from 'js-yaml';
import {
  Accelerator,
  ContainerOptions,
  Cpu,
  Egress,
  Mount,
  Network,
  Port,
  Resources,
  RestartPolicy,
  ServiceProps,
  Size,
  Toolbox,
  User,
  Waiver,
} from '../../src/core';
import { synthesize } from '../../src/synth';
import { aService } from '../rules/support';

/** The Compose service and the pod template of a service, as the files state them. */
function rendered(props: Partial<ServiceProps>): { readonly compose: any; readonly pod: any } {
  const toolbox = new Toolbox('box', { title: 'Box', description: 'A box.' });
  for (const rule of [
    'service-limits',
    'service-isolation',
    'service-privileged',
    'target-refused',
    'port-public',
    'port-inner',
  ]) {
    new Waiver(toolbox, rule, { rule, reason: 'The test says only what it is about.', blocksApproval: true });
  }
  const out = new Network(toolbox, 'out', { description: 'Outside.', egress: Egress.INTERNET });
  aService(toolbox, 'web', { networks: [out], ...props });
  const { files, findings } = synthesize(toolbox);
  expect(findings.filter(({ severity, waived }) => severity === 'error' && waived === undefined)).toEqual([]);
  const documents = (path: RegExp): any[] => loadAll(files.find((file) => path.test(file.path))!.content);
  return {
    compose: documents(/docker-compose/)[0].services.web,
    pod: documents(/services\/web\.yaml$/).find(({ kind }) => kind === 'Deployment').spec.template,
  };
}

test.each<[policy: RestartPolicy | undefined, text: string]>([
  [undefined, 'unless-stopped'],
  [RestartPolicy.NEVER, 'no'],
  [RestartPolicy.ALWAYS, 'always'],
  [RestartPolicy.UNLESS_STOPPED, 'unless-stopped'],
  [RestartPolicy.onFailure(), 'on-failure'],
  [RestartPolicy.onFailure(3), 'on-failure:3'],
])('the compose file has the restart policy of the model: %#', (restart, text) => {
  expect(rendered({ restart }).compose.restart).toBe(text);
});

const LIMITS = ['cpus', 'mem_limit', 'mem_reservation', 'memswap_limit', 'pids_limit'];

test.each<[resources: Resources, keys: Record<string, unknown>]>([
  [{ exact: true, memory: Size.mebibytes(64) }, { mem_limit: '64m' }],
  [{ exact: true, cpu: Cpu.millis(500) }, { cpus: 0.5 }],
  [{ exact: true, memoryRequest: Size.mebibytes(64) }, { mem_reservation: '64m' }],
  [{ exact: true, pids: 9 }, { pids_limit: 9 }],
  [
    { exact: true, memory: Size.mebibytes(64), memorySwap: Size.mebibytes(96) },
    { mem_limit: '64m', memswap_limit: '96m' },
  ],
  [
    { memory: Size.mebibytes(64) },
    { mem_limit: '64m', mem_reservation: '32m', memswap_limit: '64m', pids_limit: 256 },
  ],
])('one limit does not need another: %j', (resources, keys) => {
  const { compose } = rendered({ resources });
  expect(Object.fromEntries(LIMITS.filter((key) => key in compose).map((key) => [key, compose[key]]))).toEqual(keys);
});

test('a service can have the rights that an engine gives every container', () => {
  const { compose, pod } = rendered({ capDrop: [], securityOpt: [], readOnlyRoot: false });
  expect(Object.keys(compose).filter((key) => /^(cap_|security_opt|read_only)/.test(key))).toEqual([]);
  expect(pod.spec.containers[0].securityContext).toEqual({
    allowPrivilegeEscalation: true,
    privileged: false,
    readOnlyRootFilesystem: false,
  });
});

test.each([
  [Mount.scratch('/a'), '/a:size=64m,mode=1777,uid=10001,gid=10001,noexec,nosuid,nodev'],
  [Mount.scratch('/a', { unlimited: true }), '/a:mode=1777,uid=10001,gid=10001,noexec,nosuid,nodev'],
  [
    Mount.scratch('/a', { size: Size.mebibytes(10), mode: '0755', owner: User.of(0), executable: true }),
    '/a:size=10m,mode=0755,uid=0,gid=0,exec,nosuid,nodev',
  ],
])('scratch space has the options of the model: %#', (mount, text) => {
  expect(rendered({ mounts: [mount] }).compose.tmpfs).toEqual([text]);
});

test('labels are for the engine, annotations for both targets', () => {
  const { compose, pod } = rendered({ labels: { 'b.c': '1', 'a': '' }, annotations: { 'example.org/x': 'y' } });
  expect(compose).toMatchObject({ labels: { 'a': '', 'b.c': '1' }, annotations: { 'example.org/x': 'y' } });
  expect(pod.metadata.annotations).toEqual({ 'example.org/x': 'y' });
});

type Row = readonly [options: ContainerOptions, compose: Record<string, unknown>, pod?: Record<string, unknown>];

const SETTINGS: readonly Row[] = [
  [{ containerName: 'web-1' }, { container_name: 'web-1' }],
  [{ platform: 'linux/arm64' }, { platform: 'linux/arm64' }, {
    nodeSelector: { 'kubernetes.io/arch': 'arm64', 'kubernetes.io/os': 'linux' },
  }],
  [{ stopSignal: 'SIGINT' }, { stop_signal: 'SIGINT' }],
  [{ shmSize: Size.mebibytes(256) }, { shm_size: '256m' }, {
    volumes: [{ name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: '256Mi' } }],
  }],
  [{ ulimits: { nofile: { soft: 1024, hard: 2048 }, memlock: { soft: -1 } } }, {
    ulimits: { memlock: -1, nofile: { hard: 2048, soft: 1024 } },
  }],
  [
    { sysctls: { 'net.ipv4.tcp_fin_timeout': '15', 'net.core.somaxconn': '65535' } },
    { sysctls: { 'net.core.somaxconn': '65535', 'net.ipv4.tcp_fin_timeout': '15' } },
    { securityContext: { sysctls: [{ name: 'net.ipv4.tcp_fin_timeout', value: '15' }] } },
  ],
  [{ devices: ['/dev/kvm'] }, { devices: ['/dev/kvm'] }],
  [{ groupAdd: ['44', 'video'] }, { group_add: ['44', 'video'] }, { securityContext: { supplementalGroups: [44] } }],
  [{ dns: ['1.1.1.1'] }, { dns: ['1.1.1.1'] }],
  [{ dnsSearch: ['.'], dnsOpt: ['ndots:2', 'rotate'] }, { dns_search: ['.'], dns_opt: ['ndots:2', 'rotate'] }, {
    dnsConfig: { searches: ['.'], options: [{ name: 'ndots', value: '2' }, { name: 'rotate' }] },
  }],
  [{ domainname: 'example.org' }, { domainname: 'example.org' }],
  [{ macAddress: '02:42:ac:11:00:02' }, { mac_address: '02:42:ac:11:00:02' }],
  [{ privileged: true }, { privileged: true }],
  [{ pid: 'host', ipc: 'host', uts: 'host', usernsMode: 'host', cgroup: 'host' }, {
    pid: 'host', ipc: 'host', uts: 'host', userns_mode: 'host', cgroup: 'host',
  }],
  [{ runtime: 'runsc' }, { runtime: 'runsc' }, { runtimeClassName: 'runsc' }],
  [{ oomScoreAdj: 500, cpuset: '0-1', cpuShares: 512, storageOpt: { size: '1G' } }, {
    oom_score_adj: 500, cpuset: '0-1', cpu_shares: 512, storage_opt: { size: '1G' },
  }],
  [{ attach: false }, { attach: false }],
];

test.each(SETTINGS.map(([options, compose, pod]) => ({ options, compose, pod: pod ?? {} })))(
  'both targets have what they can say: $compose',
  ({ options, compose, pod }) => {
    const found = rendered(options);
    expect(found.compose).toMatchObject(compose);
    expect(found.pod.spec).toMatchObject(pod);
  },
);

test.each([
  [{ stdinOpen: true }, { stdin_open: true }, { stdin: true }],
  [{ tty: true }, { tty: true }, { tty: true }],
  [{ stdinOpen: true, tty: true }, { stdin_open: true, tty: true }, { stdin: true, tty: true }],
  [{ terminal: true, stdinOpen: false }, { stdin_open: true, tty: true }, { stdin: true, tty: true }],
])('standard input and a terminal do not need each other: %j', (options, compose, container) => {
  const found = rendered(options);
  const keys = (all: any, names: readonly string[]): any =>
    Object.fromEntries(names.filter((name) => name in all).map((name) => [name, all[name]]));
  expect(keys(found.compose, ['stdin_open', 'tty'])).toEqual(compose);
  expect(keys(found.pod.spec.containers[0], ['stdin', 'tty'])).toEqual(container);
});

test('a pod runs one command of a hook, an engine all', () => {
  const one = rendered({ preStop: [{ command: ['sync', '$HOME'], user: 'root' }] });
  expect(one.compose.pre_stop).toEqual([{ command: ['sync', '$$HOME'], user: 'root' }]);
  expect(one.pod.spec.containers[0].lifecycle).toEqual({ preStop: { exec: { command: ['sync', '$HOME'] } } });
  const two = rendered({ postStart: [{ command: ['a'] }, { command: ['b'] }] });
  expect(two.compose.post_start).toEqual([{ command: ['a'] }, { command: ['b'] }]);
  expect(two.pod.spec.containers[0].lifecycle).toBeUndefined();
});

test('the scale of a service is the number of its pods', () => {
  const toolbox = new Toolbox('box', { title: 'Box', description: 'A box.' });
  aService(toolbox, 'web', { scale: 3, ports: [] });
  const { files } = synthesize(toolbox);
  expect(files.find(({ path }) => path.endsWith('services/web.yaml'))?.content).toContain('replicas: 3');
  expect(files.find(({ path }) => path.includes('docker-compose'))?.content).toContain('scale: 3');
});

test.each([
  ['always', 'Always'],
  ['never', 'Never'],
  ['missing', 'IfNotPresent'],
  ['every_12h', 'Always'],
])('the pull policy %s is %s in a cluster', (pullPolicy, policy) => {
  const { compose, pod } = rendered({ pullPolicy });
  expect(compose.pull_policy).toBe(pullPolicy);
  expect(pod.spec.containers[0].imagePullPolicy).toBe(policy);
});

test('what states the default states nothing', () => {
  const nothing = { attach: true, privileged: false, scale: 1, stdinOpen: false, tty: false, useApiSocket: false };
  expect(rendered(nothing)).toEqual(rendered({}));
});

test.each([
  [{ driver: 'journald' }, { driver: 'journald' }],
  [{ driver: 'json-file', options: { 'max-size': '1g' } }, { driver: 'json-file', options: { 'max-size': '1g' } }],
  [{}, undefined],
])('the log goes where the model says: %j', (logging, key) => {
  expect(rendered({ logging }).compose.logging).toEqual(key);
});

test('GPUs by id are in the compose file, and their number in a cluster', () => {
  const { compose, pod } = rendered({ accelerator: Accelerator.nvidiaDevices(['0', '3']) });
  expect(compose.deploy.resources.reservations.devices).toEqual([
    { driver: 'nvidia', device_ids: ['0', '3'], capabilities: ['gpu'] },
  ]);
  expect(pod.spec.containers[0].resources.limits['nvidia.com/gpu']).toBe('2');
});

test('AMD GPUs are devices of an engine, and a resource of a cluster', () => {
  const { compose, pod } = rendered({ accelerator: Accelerator.amd(1), devices: ['/dev/kvm'] });
  expect(compose.devices).toEqual(['/dev/kfd', '/dev/dri', '/dev/kvm']);
  expect(pod.spec.containers[0].resources.limits['amd.com/gpu']).toBe('1');
});

test('a port has an address and a port of the host, or one of the choice of the engine', () => {
  const ports = [
    Port.published(80, { address: '10.1.2.3' }),
    Port.published(80, { name: 'other', address: '10.1.2.4', hostPort: 8080 }),
    Port.loopback(81, { anyHostPort: true }),
  ];
  const { compose, pod } = rendered({ ports });
  expect(compose.ports).toEqual([
    { target: 80, published: '80', host_ip: '10.1.2.3', protocol: 'tcp' },
    { target: 81, host_ip: '127.0.0.1', protocol: 'tcp' },
    { target: 80, published: '8080', host_ip: '10.1.2.4', protocol: 'tcp' },
  ]);
  expect(pod.spec.containers[0].ports.map(({ containerPort }: any) => containerPort)).toEqual([80, 81]);
});

test.each<[options: ContainerOptions, version: string | undefined]>([
  [{ pullPolicy: 'missing' }, undefined],
  [{ pullPolicy: 'every_12h' }, '2.30'],
  [{ preStop: [{ command: ['sync'] }] }, '2.30'],
])('the fidelity report names the version of Docker Compose that %j needs', (options, version) => {
  const toolbox = new Toolbox('box', { title: 'Box', description: 'A box.' });
  aService(toolbox, 'web', options);
  const needs = synthesize(toolbox).files
    .filter(({ path }) => path.endsWith('FIDELITY.md'))
    .flatMap(({ content }) => [.../Use Docker Compose (\S+) or later/.exec(content)?.slice(1) ?? []]);
  expect(needs).toEqual(version === undefined ? [] : [version]);
});

test('a waiver of what a cluster refuses counts as used', () => {
  const toolbox = new Toolbox('box', { title: 'Box', description: 'A box.' });
  for (const rule of ['service-isolation', 'target-refused']) {
    new Waiver(toolbox, rule, { rule, reason: 'It starts virtual machines.' });
  }
  aService(toolbox, 'web', { devices: ['/dev/kvm'] });
  expect(synthesize(toolbox).findings.map(({ rule }) => rule)).not.toContain('waiver-unused');
});
