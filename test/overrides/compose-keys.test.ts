import { Stack } from './support';
import { Finding } from '../../src/core';

/** What becomes of an override: the rules that find it. None: the file stays valid, and nothing is opened. */
type Row = readonly [key: string, value: unknown, ...rules: string[]];

/*
 * Every refusal of Compose among these rows was seen with "docker compose config" of 2.26.1.
 */
const ROWS: readonly Row[] = [
  // rights
  ['privileged', true, 'service-privileged'],
  ['privileged', 'yes', 'service-privileged'],
  ['privileged', 'maybe', 'override-value', 'service-privileged'],
  ['cap_add', ['SYS_ADMIN'], 'service-isolation'],
  ['cap_add', 'ALL', 'override-value', 'service-isolation'],
  ['cap_drop', undefined, 'service-isolation'],
  ['security_opt', undefined, 'service-isolation'],
  ['security_opt', ['seccomp:unconfined'], 'service-isolation'],
  ['read_only', false, 'service-isolation'],
  ['user', '0:0', 'service-user'],
  ['user', undefined, 'service-user'],
  ['user', 5, 'override-value'],
  ['pid', 'host', 'service-isolation'],
  ['pid', 'service:nope', 'override-value', 'service-isolation'],
  ['ipc', 'host', 'service-isolation'],
  ['uts', 'host', 'service-isolation'],
  ['userns_mode', 'host', 'service-isolation'],
  ['cgroup', 'host', 'service-isolation'],
  ['cgroup', 'weird', 'override-value', 'service-isolation'],
  ['cgroup_parent', '/x', 'service-isolation'],
  ['devices', ['/dev/kvm:/dev/kvm'], 'service-isolation'],
  ['device_cgroup_rules', ['c 1:3 mr'], 'service-isolation'],
  ['runtime', 'other', 'service-isolation'],
  ['provider', { type: 'x' }, 'service-isolation'],
  ['extends', { file: 'x.yml', service: 'y' }, 'service-isolation'],
  ['volumes_from', ['db'], 'service-isolation'],
  ['post_start', [{ command: 'x', privileged: true }], 'service-privileged'],
  ['use_api_socket', true, 'mount-docker-socket'],
  // mounts
  ['volumes', ['/:/host'], 'mount-host-path', 'override-contradiction'],
  ['volumes', ['/var/run/docker.sock:/s'], 'mount-docker-socket', 'override-contradiction'],
  ['volumes', undefined, 'override-contradiction'],
  ['volumes', ['nope:/x'], 'override-contradiction', 'override-value'],
  [
    'volumes',
    [{ type: 'bind', sorce: '.', target: '/x' }],
    'mount-host-path',
    'override-contradiction',
    'override-key',
    'override-value',
  ],
  ['volumes', ['data:relative'], 'override-contradiction', 'override-value'],
  // networks
  ['network_mode', 'host', 'override-contradiction', 'override-value', 'service-isolation'],
  ['networks', undefined, 'override-contradiction'],
  ['networks', { nope: null }, 'override-contradiction', 'override-value'],
  ['ports', ['80:80'], 'port-public'],
  ['ports', [{ target: 80, published: '80' }], 'port-public'],
  ['ports', ['127.0.0.1:80:80']],
  ['ports', ['127.0.0.1:80:http'], 'override-value'],
  ['ports', [{ published: '80' }], 'override-value', 'port-public'],
  ['ports', ['127.0.0.1:80-82:90-91'], 'override-value'],
  ['expose', ['80/xyz'], 'override-value'],
  ['extra_hosts', ['x'], 'override-value'],
  // secrets
  ['environment', { PASSWORD: 'changeme' }, 'secret-value'],
  ['environment', { DB: 'postgres://a:b@db/x' }, 'secret-value'],
  ['command', ['run', '--password=hunter2secret'], 'secret-value'],
  ['labels', { token: `ghp_${'0a1B'.repeat(9)}` }, 'secret-value'],
  ['build', { context: '.', args: { API_KEY: 'q8Zr1xW5vT9mK2pL7nB4' } }, 'secret-value'],
  ['env_file', ['../../.env'], 'override-contradiction'],
  ['secrets', ['nope'], 'override-contradiction', 'override-value'],
  ['configs', ['nope'], 'override-value'],
  // what the model states
  ['image', 'nginx', 'image-digest'],
  ['image', undefined, 'override-value'],
  ['healthcheck', undefined, 'override-contradiction'],
  ['healthcheck', { disable: true }, 'override-contradiction'],
  ['healthcheck', { test: ['x'] }, 'override-value'],
  ['healthcheck', { interval: '5' }, 'override-value'],
  ['mem_limit', undefined, 'override-contradiction'],
  ['mem_limit', 'x', 'override-value'],
  ['cpus', 'x', 'override-value'],
  ['deploy', { resources: { limits: { memory: '5g' } } }, 'override-value'],
  ['depends_on', ['nope'], 'override-value'],
  ['depends_on', ['web'], 'override-value'],
  // keys and values
  ['shm_siz', '64m', 'override-key'],
  ['deploy.replicas', 2, 'override-key'],
  ['restart', 'sometimes', 'override-value'],
  ['restart', 5, 'override-value'],
  ['stop_grace_period', '10', 'override-value'],
  ['ulimits', { nofile: { soft: 1 } }, 'override-value'],
  ['logging', { driver: 'x', opts: {} }, 'override-key'],
  ['container_name', 'a b', 'override-value'],
  ['oom_score_adj', 5000, 'override-value'],
  ['build', { context: '.', dockerfile_inline: 'FROM x', dockerfile: 'x' }, 'override-value'],
  // what is fine
  ['shm_size', '64m'],
  ['container_name', 'my-web'],
  ['hostname', 'web'],
  ['ulimits', { nofile: 65536 }],
  ['sysctls', { 'net.core.somaxconn': 1024 }],
  ['stop_signal', 'SIGINT'],
  ['depends_on', { db: { condition: 'service_healthy' } }],
  ['x-mine', { a: 1 }],
];

function findingsOf(key: string, value: unknown): readonly Finding[] {
  const stack = new Stack();
  stack.web.overrideCompose(key, value, 'Because');
  return stack.synth().findings;
}

test.each(ROWS.map(([key, value, ...rules]) => ({ key, value, rules })))(
  'the override of $key with $value is judged',
  ({ key, value, rules }) => {
    const findings = findingsOf(key, value);
    expect([...new Set(findings.map(({ rule }) => rule))].sort()).toEqual(rules);
    expect(findings.filter(({ location }) => location?.file !== 'test/overrides/compose-keys.test.ts')).toEqual([]);
  },
);

test('messages name the override, the place and the fix', () => {
  const said = ([key, value]: readonly [key: string, value: unknown]) =>
    findingsOf(key, value).map(({ message, fix }) => `${message} ${fix}`);
  expect(
    (
      [
        ['shm_siz', '64m'],
        ['deploy.resources.limits.cpus', 2],
        ['restart', 'sometimes'],
        ['depends_on', ['dbb']],
        ['command', { a: 1 }],
        ['read_only', false],
        ['volumes', ['/:/web.conf']],
      ] as const
    ).flatMap(said),
  ).toMatchInlineSnapshot(`
[
  "The override of "shm_siz" is refused: There is no key "shm_siz" in \`services.web\`. Did you mean \`shm_size\`? Waive the rule if a newer Compose knows the key.",
  "The override of "deploy.resources.limits.cpus" is refused: There is no key "deploy.resources.limits.cpus" in \`services.web\`. Name one key: overrideCompose("deploy", { resources: { limits: { cpus: ... } } }).",
  "The override of "restart" is refused: \`services.web.restart\` is "sometimes", which Compose refuses. Write "no", "always", "unless-stopped" or "on-failure:5".",
  "The override of "depends_on" is refused: \`services.web.depends_on\` names the service "dbb", which the file does not have. Declare it, for example with toolbox.overrideCompose("services", ...). Did you mean "db"?",
  "The override of "command" is refused: \`services.web.command\` must be nothing or text or a list, and is a mapping. Write nothing or text or a list.",
  "The override of "read_only" makes the root filesystem writable. Do without, or waive the rule with a reason.",
  "The override of "volumes" mounts the host folder "/", which is not a folder of the project. Use a folder of the project, for example "./shared".",
  "The override of "volumes" makes the mount "/web.conf" writable. Change the model instead, or waive the rule with a reason.",
]
`);
});

describe('the rest of the file', () => {
  test.each<[what: string, override: (stack: Stack) => void, ...rules: string[]]>([
    ['an unknown key', (stack) => stack.toolbox.overrideCompose('netwroks', {}, 'Because'), 'override-key'],
    ['an extension', (stack) => stack.toolbox.overrideCompose('x-any', [1], 'Because')],
    [
      'a file of another origin',
      (stack) => stack.toolbox.overrideCompose('include', ['x.yml'], 'Because'),
      'service-isolation',
    ],
    [
      'a service without protection',
      (stack) => stack.toolbox.overrideCompose('services', { spy: { image: 'spy', privileged: true } }, 'Because'),
      'image-digest',
      'service-isolation',
      'service-privileged',
      'service-user',
    ],
    [
      'the loss of the networks',
      (stack) => stack.toolbox.overrideCompose('networks', undefined, 'Because'),
      'override-value',
    ],
    [
      'a config without source',
      (stack) => stack.toolbox.overrideCompose('configs', { a: {} }, 'Because'),
      'override-value',
    ],
    [
      'a secret of the host',
      (stack) => {
        stack.toolbox.overrideCompose('secrets', { a: { file: '/etc/shadow' } }, 'Because');
        stack.web.overrideCompose('secrets', ['a'], 'Because');
      },
      'override-contradiction',
    ],
    [
      'an open network',
      (stack) => stack.network.overrideCompose('internal', false, 'Because'),
      'override-contradiction',
    ],
    [
      'a network of a wrong form',
      (stack) => stack.network.overrideCompose('internal', 'x', 'Because'),
      'override-contradiction',
      'override-value',
    ],
    ['an unknown key of a network', (stack) => stack.network.overrideCompose('drivr', 'x', 'Because'), 'override-key'],
    [
      'a volume that is a folder of the host',
      (stack) => stack.volume.overrideCompose('driver_opts', { type: 'none', o: 'bind', device: '/etc' }, 'Because'),
      'mount-host-path',
    ],
    [
      'a volume that is the socket of the engine',
      (stack) => stack.volume.overrideCompose('driver_opts', { o: 'bind', device: '/var/run/docker.sock' }, 'Because'),
      'mount-docker-socket',
      'mount-host-path',
    ],
    [
      'an external volume with a driver',
      (stack) => {
        stack.volume.overrideCompose('external', true, 'Because');
        stack.volume.overrideCompose('driver', 'local', 'Because');
      },
      'override-value',
    ],
  ])('%s is judged', (_, override, ...rules) => {
    const stack = new Stack();
    override(stack);
    const { findings } = stack.synth();
    expect([...new Set(findings.map(({ rule }) => rule))].sort()).toEqual(rules);
    expect(findings.filter(({ location }) => location?.file !== 'test/overrides/compose-keys.test.ts')).toEqual([]);
  });
});
