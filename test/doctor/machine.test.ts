import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { AGENT, anAgentPlan, anExamination, aPin, aServer, containersAre, ENGINE } from './support';
import { codex } from '../../src/doctor/checks/codex';
import { disk } from '../../src/doctor/checks/disk';
import { envFile } from '../../src/doctor/checks/env-file';
import { gpu } from '../../src/doctor/checks/gpu';
import { node } from '../../src/doctor/checks/node';
import { ports } from '../../src/doctor/checks/ports';
import { PortPlan } from '../../src/plan/plan';
import { aFolder, put, removeFolders } from '../cli/support';
import { aService } from '../plan/plan-builder';

afterAll(removeFolders);

test('node is ok where these tests run', async () => {
  expect(await node.examine(anExamination({}))).toEqual([
    { subject: 'Node.js', status: 'ok', found: process.versions.node, expected: '20.16.0 or later' },
  ]);
});

describe('env-file', () => {
  const SECRET = 'correct-horse-battery-staple';
  const keys = ['TOKEN', 'OTHER_KEY'].map((name) => ({ name, description: '', usedBy: [] }));
  const envFiles = [{ path: 'box/env', file: '.env.local', name: 'env', keys }];

  async function look(content: string, mode = 0o600) {
    const root = aFolder();
    put(root, '.env.local', content);
    chmodSync(join(root, '.env.local'), mode);
    const results = await envFile.examine(anExamination({ envFiles }, { root }));
    expect(JSON.stringify(results)).not.toContain(SECRET);
    return results;
  }

  test.each([
    ['plain', `TOKEN=${SECRET}\nOTHER_KEY=b`],
    [
      'quoted, exported, with comments and line ends of Windows',
      `# a file\r\n\r\nexport TOKEN = "${SECRET}" # mine\r\nOTHER_KEY='b'\r\n`,
    ],
    ['after a byte order mark', `\ufeffTOKEN=${SECRET}\nOTHER_KEY=b`],
    ['of which the last one counts', `TOKEN=\nTOKEN=${SECRET}\nOTHER_KEY=b`],
  ])('is ok with every value %s', async (_, content) => {
    expect(await look(content)).toMatchObject([{ status: 'ok', found: 'all 2 keys have a value' }]);
  });

  test.each([
    ['TOKEN=', 'TOKEN has no value'],
    ['TOKEN=""', 'TOKEN has no value'],
    ['TOKEN= # later', 'TOKEN has no value'],
    ['#TOKEN=abc', 'TOKEN is missing'],
    [`TOKN=${SECRET}`, 'TOKEN is missing, but TOKN is'],
    [SECRET, 'TOKEN is missing'],
    ['TOKEN=<your token>', 'TOKEN still has a placeholder'],
    ['TOKEN=changeme', 'TOKEN still has a placeholder'],
    ['TOKEN=CHANGE_ME', 'TOKEN still has a placeholder'],
    ['TOKEN=your-token-here', 'TOKEN still has a placeholder'],
    ['TOKEN=xxxxxxxx', 'TOKEN still has a placeholder'],
    ['TOKEN=TODO', 'TOKEN still has a placeholder'],
    ['TOKEN="${TOKEN}"', 'TOKEN still has a placeholder'],
  ])('fails with %j', async (line, found) => {
    expect(await look(`${line}\nOTHER_KEY=b\n`)).toMatchObject([
      { status: 'failure', found, fix: expect.stringContaining('dist/compose/.env.local.example') },
    ]);
  });

  test('fails for all that is wrong at once', async () => {
    expect(await look('')).toMatchObject([{ found: 'TOKEN is missing; OTHER_KEY is missing' }]);
  });

  test.each([0o644, 0o640, 0o604])('warns when others may read it: %o', async (mode) => {
    expect(await look(`TOKEN=${SECRET}\nOTHER_KEY=b`, mode)).toMatchObject([
      { status: 'ok' },
      { status: 'warning', fix: 'Run: chmod 600 .env.local' },
    ]);
  });

  test('fails when it is missing, a folder, or far too big', async () => {
    const root = aFolder();
    const examination = anExamination({ envFiles }, { root });
    expect(await envFile.examine(examination)).toMatchObject([
      {
        status: 'failure',
        found: 'missing',
        fix: expect.stringContaining('install -m 600 dist/compose/.env.local.example .env.local'),
      },
    ]);
    mkdirSync(join(root, '.env.local'));
    expect(await envFile.examine(examination)).toMatchObject([{ status: 'failure', found: 'it is not a file' }]);
    const big = aFolder();
    writeFileSync(join(big, '.env.local'), 'x'.repeat(1024 * 1024 + 1));
    expect(await envFile.examine(anExamination({ envFiles }, { root: big }))).toMatchObject([
      { status: 'failure', found: 'it is larger than 1 MiB' },
    ]);
  });
});

describe('ports', () => {
  const port = (hostPort: number | undefined, facts: Partial<PortPlan> = {}): PortPlan => ({
    name: 'http',
    port: 80,
    protocol: 'tcp',
    exposure: hostPort === undefined ? 'internal' : 'loopback',
    hostPort,
    ...facts,
  });

  async function withTaken<T>(use: (taken: number) => Promise<T>): Promise<T> {
    const { port: taken, close } = await aServer(() => undefined);
    return use(taken).finally(close);
  }

  async function aFreePort(): Promise<number> {
    return withTaken((free) => Promise.resolve(free));
  }

  test('that are free are ok, and inner ones are not looked at', async () => {
    const free = await aFreePort();
    const services = [aService({ ports: [port(undefined), port(free), port(free, { protocol: 'udp' })] })];
    expect(await ports.examine(anExamination({ services }))).toEqual([
      { subject: `127.0.0.1:${free}/tcp`, status: 'ok', found: 'free', expected: 'free for web' },
      { subject: `127.0.0.1:${free}/udp`, status: 'ok', found: 'free', expected: 'free for web' },
    ]);
  });

  test('fail when another program has them, also for one on all interfaces', async () => {
    await withTaken(async (taken) => {
      const services = [aService({ ports: [port(taken)] })];
      expect(await ports.examine(anExamination({ services }, { programs: containersAre() }))).toMatchObject([
        { status: 'failure', found: 'used by another program' },
      ]);
    });
    const everywhere = createServer();
    const taken = await new Promise<number>((resolve) => {
      everywhere.listen(0, '127.0.0.1', () => resolve((everywhere.address() as { port: number }).port));
    });
    const services = [aService({ ports: [port(taken, { exposure: 'published' })] })];
    expect(await ports.examine(anExamination({ services }, { programs: containersAre() }))).toMatchObject([
      { status: 'failure' },
    ]);
    everywhere.close();
  });

  test('may be taken by this toolbox, which only the engine can say', async () => {
    await withTaken(async (taken) => {
      const services = [aService({ ports: [port(taken)] })];
      const programs = containersAre({
        name: 'box-web-1',
        ports: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: String(taken) }], '81/tcp': null },
      });
      expect(await ports.examine(anExamination({ services }, { programs }))).toMatchObject([
        { status: 'ok', found: 'used by box-web-1 of this toolbox' },
      ]);
      for (const silent of [{}, { programs, offline: true }]) {
        expect(await ports.examine(anExamination({ services }, silent))).toMatchObject([{ status: 'not-checked' }]);
      }
    });
  });

  test('of services that are not on a workstation are not looked at', async () => {
    expect(
      await ports.examine(anExamination({ services: [aService({ places: ['cluster'], ports: [port(1)] })] })),
    ).toEqual([]);
  });
});

describe('gpu', () => {
  const QUERY = 'nvidia-smi --query-gpu=name,memory.total,driver_version --format=csv,noheader';
  const asking = (count: number | 'all') => ({
    services: [aService({ name: 'ollama', accelerator: { vendor: 'nvidia', count } })],
  });
  const CARDS = 'NVIDIA RTX 4090, 24564 MiB, 560.35\nNVIDIA RTX 4090, 24564 MiB, 560.35\n';

  test.each<[number | 'all']>([[1], [2], ['all']])('is ok when %s are asked for and two are there', async (count) => {
    expect(await gpu.examine(anExamination(asking(count), { programs: { [QUERY]: CARDS } }))).toMatchObject([
      { subject: 'ollama', status: 'ok', found: expect.stringContaining('RTX 4090') },
    ]);
  });

  test('fails when there are too few, none, or no driver', async () => {
    expect(await gpu.examine(anExamination(asking(3), { programs: { [QUERY]: CARDS } }))).toMatchObject([
      { status: 'failure', expected: '3 GPUs of nvidia' },
    ]);
    const failing = { kind: 'ended', code: 9, out: 'NVIDIA-SMI has failed', err: '' } as const;
    expect(await gpu.examine(anExamination(asking('all'), { programs: { [QUERY]: failing } }))).toMatchObject([
      { status: 'failure', found: 'nvidia-smi shows no GPU' },
    ]);
    expect(await gpu.examine(anExamination(asking(1)))).toMatchObject([
      { status: 'failure', found: 'nvidia-smi is not on the PATH' },
    ]);
  });

  test('is skipped where no check needs one', async () => {
    expect(await gpu.examine(anExamination({ services: [aService()] }))).toEqual([]);
  });
});

describe('codex', () => {
  const look = (said: string | undefined) =>
    codex.examine(anExamination(anAgentPlan(), { programs: said === undefined ? {} : { 'codex --version': said } }));

  test('is ok as pinned', async () => {
    expect(await look('codex-cli 0.42.0\n')).toEqual([
      { subject: 'codex on the host', status: 'ok', found: '0.42.0', expected: '0.42.0' },
    ]);
  });

  test('warns of a newer one, and fails for an older one and for one that lost the chat API', async () => {
    expect(await look('codex-cli 0.44.0\n')).toMatchObject([
      { status: 'warning', fix: expect.stringContaining('npm install --global @openai/codex@0.42.0') },
    ]);
    expect(await look('codex-cli 0.41.0\n')).toMatchObject([{ status: 'failure', found: '0.41.0, which is older' }]);
    expect(await look('codex-cli 0.96.0\n')).toMatchObject([
      { status: 'failure', found: expect.stringContaining('no longer supports the chat API') },
    ]);
  });

  test('fails when it does not say its version, and is not checked when it is missing', async () => {
    expect(await look('hello\n')).toMatchObject([
      { status: 'failure', found: '"codex --version" prints no version' },
    ]);
    expect(await look(undefined)).toMatchObject([
      { status: 'not-checked', found: expect.stringContaining('codex is not on the PATH') },
    ]);
  });

  test('is not looked at where the inventory pins none for the host', async () => {
    const services = [aService({ client: AGENT })];
    expect(
      await codex.examine(anExamination({ services, pins: [aPin('codex-cli', '0.42.0', { runsOn: ['container'] })] })),
    ).toEqual([]);
    expect(await codex.examine(anExamination({ services }))).toEqual([]);
  });
});

describe('disk', () => {
  const users = [{ service: 'web', readOnly: false }];
  const aVolume = (name: string, directory: string | undefined, megabytes: number) => ({
    path: `box/${name}`,
    name,
    description: '',
    megabytes,
    multiWriter: false,
    users,
    source: directory === undefined ? { kind: 'persistent' as const } : { kind: 'host-directory' as const, directory },
  });

  const engineWith = (info: object) => ({ ...ENGINE, 'docker info --format json': JSON.stringify(info) });

  test('is ok when there is room, also for a folder that is missing yet', async () => {
    const volumes = [aVolume('shared', './not/yet', 1), aVolume('data', undefined, 1)];
    const programs = engineWith({ DockerRootDir: '/', OperatingSystem: 'Debian' });
    expect(await disk.examine(anExamination({ volumes }, { root: aFolder(), programs }))).toMatchObject([
      { subject: 'shared', status: 'ok', expected: '0.0 GiB when full' },
      { subject: 'data', status: 'ok' },
    ]);
  });

  test('warns when there is not', async () => {
    expect(
      await disk.examine(anExamination({ volumes: [aVolume('shared', '.', 2 ** 50)] }, { root: aFolder() })),
    ).toMatchObject([{ status: 'warning' }]);
  });

  const ELSEWHERE = 'the volumes of the engine are not visible to this command';
  test.each([
    ['the engine is silent', {}, false, 'the engine did not report where volumes are: docker is not on the PATH'],
    ['the engine is on another machine', engineWith({ DockerRootDir: '/no/such/folder' }), false, ELSEWHERE],
    [
      'the engine is in a virtual machine',
      engineWith({ DockerRootDir: '/', OperatingSystem: 'Docker Desktop' }),
      false,
      ELSEWHERE,
    ],
    ['the engine may not be asked', ENGINE, true, 'the engine did not report where volumes are: skipped by --offline'],
  ])('is not checked when %s', async (_, programs, offline, found) => {
    const volumes = [aVolume('data', undefined, 1)];
    expect(await disk.examine(anExamination({ volumes }, { programs, offline }))).toMatchObject([
      { status: 'not-checked', found },
    ]);
  });
});
