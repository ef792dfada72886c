import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { importText } from './support';
import { ComposeError } from '../../src/import/compose/compose-error';
import { map, MapNode, scalar } from '../../src/import/compose/node';
import { Ledger, Outcome } from '../../src/import/ledger';

/** Keys of a service with values of every form, right and wrong ones. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  'annotations': [{ a: 'b' }, ['a=b']],
  'blkio_config': [{ weight: 300 }],
  'build': ['.', { context: './app', target: 'dev', args: { A: '1' } }, { context: '../up' }],
  'cap_add': [['NET_ADMIN'], ['CAP_SYS_ADMIN', 'all']],
  'cap_drop': [['ALL']],
  'cgroup_parent': ['x'],
  'command': ['echo "a b"', ['echo', '${WORD:-hi}'], [], null],
  'container_name': ['one', '${NAME}-one'],
  'cpus': [0.5, '1.5'],
  'credential_spec': [{ file: 'x.json' }],
  'depends_on': [
    ['other'],
    { other: { condition: 'service_healthy' } },
    { other: { condition: 'service_started', required: false } },
  ],
  'deploy': [{ replicas: 2 }, { resources: { limits: { cpus: '0.5', memory: '1g' } } }, { labels: { a: 'b' } }],
  'devices': [['/dev/fuse:/dev/fuse']],
  'dns': ['1.1.1.1', ['1.1.1.1', '8.8.8.8']],
  'entrypoint': ['/bin/sh -c', ['/bin/sh']],
  'env_file': ['.env', [{ path: 'x.env', required: false }]],
  'environment': [{ A: 'b', N: null, P: 5 }, ['A=b', 'TOKEN', 'URL=http://u:p4sSw0rd@other:80/']],
  'expose': [['80', 81]],
  'external_links': [['x']],
  'extra_hosts': [['host.docker.internal:host-gateway'], { a: '1.2.3.4' }],
  'group_add': [['audio', 1000]],
  'healthcheck': [
    { test: 'true' },
    { test: ['CMD', 'true'], interval: '1m30s', retries: 5 },
    { disable: true },
    { test: ['NONE'] },
  ],
  'hostname': ['box'],
  'init': [true, false],
  'ipc': ['host', 'shareable'],
  'labels': [{ 'a.b': 'c' }, ['a.b=c', 'd']],
  'links': [['other']],
  'logging': [{ driver: 'json-file', options: { 'max-size': '1m' } }, { driver: 'none' }],
  'mem_limit': ['512m', 536870912],
  'network_mode': ['host', 'bridge', 'none'],
  'networks': [['back'], { back: { aliases: ['b'] } }, { back: null }],
  'oom_kill_disable': [true],
  'pids_limit': [10],
  'platform': ['linux/amd64'],
  'ports': [
    ['80'],
    ['8080:80/udp', '127.0.0.1:1:1'],
    [{ target: 80, published: '81', mode: 'host' }],
    ['3000-3002:3000-3002'],
  ],
  'privileged': [true],
  'profiles': [['a'], ['a', 'b']],
  'pull_policy': ['always', 'never'],
  'read_only': [true],
  'restart': ['always', 'on-failure:3', 'unless-stopped', 'no'],
  'runtime': ['nvidia'],
  'scale': [3],
  'secrets': [['key'], [{ source: 'key', target: '/x', mode: 0o400 }]],
  'security_opt': [['seccomp:unconfined']],
  'shm_size': ['64m'],
  'stdin_open': [true],
  'stop_grace_period': ['1m', '1500ms'],
  'stop_signal': ['SIGINT'],
  'sysctls': [{ 'net.core.somaxconn': 1024 }],
  'tmpfs': ['/tmp', ['/run:size=1m']],
  'tty': [true],
  'ulimits': [{ nofile: 1024 }, { nproc: { soft: 1, hard: 2 } }],
  'user': ['1000:1000', 'app', 0, '${UID:-1000}'],
  'userns_mode': ['host'],
  'volumes': [
    ['data:/data', './x:/x:ro'],
    ['/anon'],
    [{ type: 'tmpfs', target: '/t' }],
    ['${DIR}:/d'],
    ['/var/run/docker.sock:/var/run/docker.sock'],
  ],
  'volumes_from': [['other']],
  'working_dir': ['/srv'],
  'x-note': ['hi'],
  'unknown_key': [{ deep: [1, { er: true }] }],
};

const service = fc
  .subarray(Object.keys(VALUES))
  .chain((keys) => fc.record(Object.fromEntries(keys.map((key) => [key, fc.constantFrom(...VALUES[key])]))));

const file = fc.record({
  services: fc.record({
    web: service.map((one) => ({ image: 'caddy:2.8.4', ...one })),
    other: service.map((one) => ({ image: 'redis:7.4', ...one })),
  }),
  networks: fc.constantFrom({ back: null }, { back: { internal: true } }, { back: { name: 'mine', driver: 'bridge' } }),
  volumes: fc.constantFrom({ data: null }, { data: { external: true } }, { data: { driver_opts: { type: 'nfs' } } }),
  secrets: fc.constantFrom({ key: { file: './key.txt' } }, { key: { environment: 'KEY' } }),
});

test('random files import without a crash, and every value is accounted for', () => {
  fc.assert(
    fc.property(file, (document) => {
      const text = stringify(document, { aliasDuplicateObjects: false });
      try {
        const { entries, files } = importText(text);
        const page = files.find(({ path }) => path === 'IMPORT.md')!.content;
        expect(entries.filter(({ outcome }) => !Object.values(Outcome).includes(outcome))).toEqual([]);
        for (const [name, one] of Object.entries(document.services)) {
          for (const key of Object.keys(one)) {
            const isThere = entries.some(({ path }) => path[1] === name && path[2] === key);
            expect({ name, key, isThere, isOnPage: page.includes(key) }).toEqual({
              name,
              key,
              isThere: true,
              isOnPage: true,
            });
          }
        }
      } catch (error) {
        if (!(error instanceof ComposeError)) {
          throw error;
        }
      }
    }),
    { numRuns: Number(process.env.IMPORT_RUNS ?? 25) },
  );
}, 600_000);

test('the ledger finds values that nothing used, and notes each once', () => {
  const at = scalar(null, { kind: 'scalar', value: null, text: '', location: { file: 'a', line: 1 } });
  const document: MapNode = map([['a', map([['b', at], ['c', at]], at)], ['d', at]], at);
  const ledger = new Ledger(document);
  ledger.use(['a', 'b'], { outcome: Outcome.KEPT, how: 'first' });
  ledger.use(['a'], { outcome: Outcome.OVERRIDE, how: 'second' });
  expect(ledger.unused).toEqual([['d']]);
  expect(ledger.entries.map(({ path, how }) => [path.join('.'), how])).toEqual([['a.b', 'first'], ['a.c', 'second']]);
});
