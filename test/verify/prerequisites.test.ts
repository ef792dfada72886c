import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProgramAnswer } from '../../src/doctor';
import { PrerequisitePlan, PinPlan } from '../../src/plan/plan';
import { askVariableFiles, PrerequisiteProber } from '../../src/verify/prerequisites';
import { aPlan } from '../plan/plan-builder';
import { ScriptedServer, sendStatus, stopServers } from '../registry/scripted-server';

afterEach(stopServers);

type Answers = Readonly<Record<string, ProgramAnswer>>;

function ended(out: string, code = 0, err = ''): ProgramAnswer {
  return { kind: 'ended', code, out, err };
}

const GONE: ProgramAnswer = { kind: 'none', cause: 'missing', reason: 'x is not on the PATH' };

/** Asks a machine whose programs answer as a test says. */
function prober(answers: Answers, asked: string[] = []): PrerequisiteProber {
  return new PrerequisiteProber({ hostServices: [], pins: [] }, (program, words) => {
    asked.push([program, ...words].join(' '));
    return Promise.resolve(answers[`${program} ${words[0]}`] ?? GONE);
  });
}

const ENGINE: PrerequisitePlan = { kind: 'engine' };
const CLUSTER: PrerequisitePlan = { kind: 'cluster' };
const SERVER = ended('{"Client":{"Version":"28.0.0"},"Server":{"Version":"28.4.0"}}');

test('an engine is there when its server and Compose answer, and both versions are told', async () => {
  expect(await prober({ 'docker version': SERVER, 'docker compose': ended('2.39.1\n') }).ask([ENGINE])).toEqual({
    met: true,
    tools: [
      { name: 'docker', version: '28.4.0' },
      { name: 'docker compose', version: '2.39.1' },
    ],
  });
});

test('a cluster is there when its server answers', async () => {
  const versions = ended('{"clientVersion":{"gitVersion":"v1.34.1"},"serverVersion":{"gitVersion":"v1.28.0+k3s"}}');
  expect(await prober({ 'kubectl version': versions }).ask([CLUSTER])).toEqual({
    met: true,
    tools: [
      { name: 'kubectl', version: 'v1.34.1' },
      { name: 'kubernetes', version: 'v1.28.0+k3s' },
    ],
  });
});

test.each([
  ['codex-cli 0.42.0\nmore', '0.42.0'], ['v22.1.0', 'v22.1.0'], ['no number here', 'unknown'],
])('a program is there when it is on the PATH, whatever it says of its version: %j', async (said, version) => {
  expect(await prober({ 'codex --version': ended(said) }).ask([{ kind: 'program', name: 'codex' }])).toEqual({
    met: true,
    tools: [{ name: 'codex', version }],
  });
  expect(
    await prober({ 'codex --version': ended('', 1, said) }).ask([{ kind: 'program', name: 'codex' }]),
  ).toMatchObject({ met: true, tools: [{ version }] });
});

test.each<[string, Answers, PrerequisitePlan, RegExp]>([
  ['no docker', {}, ENGINE, /^the Docker engine does not answer: x is not on the PATH$/],
  [
    'no server',
    { 'docker version': ended('{"Client":{}}', 1, 'Cannot connect to the daemon\nmore') },
    ENGINE,
    /^the Docker engine does not answer: Cannot connect to the daemon$/,
  ],
  [
    'no Compose',
    { 'docker version': SERVER, 'docker compose': ended('', 1, 'unknown command') },
    ENGINE,
    /^the Compose plugin does not answer: unknown command$/,
  ],
  ['no JSON', { 'docker version': ended('28.4.0') }, ENGINE, /^the Docker engine does not answer$/],
  [
    'no cluster',
    { 'kubectl version': ended('{"clientVersion":{}}', 1, 'connection refused') },
    CLUSTER,
    /^kubectl cannot reach a cluster: connection refused$/,
  ],
  ['no such service', {}, { kind: 'host-service', name: 'models' }, /^the model has no host service models$/],
  [
    'a need of another version',
    {},
    { kind: 'moon' } as unknown as PrerequisitePlan,
    /unknown kind of prerequisite: moon$/,
  ],
])('fails with the reason and how to fix it: %s', async (_, answers, need, reason) => {
  expect(await prober(answers).ask([need])).toEqual({
    met: false,
    reason: expect.stringMatching(reason),
    fix: expect.stringMatching(/\.$/),
  });
});

test('the machine is asked once, however many checks need the same', async () => {
  const asked: string[] = [];
  const one = prober({ 'docker version': SERVER, 'docker compose': ended('2.39.1') }, asked);
  await Promise.all([one.ask([ENGINE]), one.ask([ENGINE, ENGINE]), one.ask([])]);
  expect(asked).toHaveLength(2);
});

describe('registries', () => {
  function ask(...repositories: string[]): ReturnType<PrerequisiteProber['ask']> {
    const pins = repositories.map((repository): PinPlan => ({
      component: repository,
      title: repository,
      runsOn: ['container'],
      artifact: { kind: 'image', repository, tag: '1.0' },
      status: 'decided',
      notes: '',
      usedBy: [],
    }));
    return new PrerequisiteProber({ hostServices: [], pins }).ask([{ kind: 'registry' }]);
  }

  test.each([200, 401, 404])('are there when each answers, whatever it asks for: status %d', async (status) => {
    const servers = await Promise.all(
      [1, 2].map(() => ScriptedServer.start((_, response) => sendStatus(response, status))),
    );
    expect(await ask(`${servers[0].host}/a`, `${servers[0].host}/b/c`, `${servers[1].host}/d`)).toEqual({
      met: true,
      tools: [],
    });
    expect(servers.map(({ seen }) => seen.map(({ method, path }) => `${method} ${path}`))).toEqual([
      ['GET /v2/'],
      ['GET /v2/'],
    ]);
  });

  test('are not there when one has a server error or gives no answer', async () => {
    const fine = await ScriptedServer.start((_, response) => sendStatus(response, 200));
    const troubled = await ScriptedServer.start((_, response) => sendStatus(response, 503));
    expect(await ask(`${fine.host}/a`, `${troubled.host}/b`)).toMatchObject({
      met: false,
      reason: `the registry ${troubled.host} has a server error (503)`,
    });
    await stopServers();
    expect(await ask(`${fine.host}/a`)).toEqual({
      met: false,
      reason: `a registry does not answer: The request to ${fine.host} failed: connection refused (ECONNREFUSED)`,
      fix: expect.stringMatching(/\.$/),
    });
  });

  test('are not asked when no image comes from one', async () => {
    expect(await ask()).toEqual({ met: true, tools: [] });
  });
});

test('a host service is there when it listens on the engine\'s bridge only, as it should on Linux', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve));
  const { port } = server.address() as AddressInfo;
  const service = { path: 'box/models', name: 'models', description: '', hostname: 'host.docker.internal', port };
  const need: PrerequisitePlan = { kind: 'host-service', name: 'models' };
  const look = (gateway: string) => {
    const run = () => Promise.resolve(ended(JSON.stringify([{ Gateway: gateway }])));
    return new PrerequisiteProber({ hostServices: [service], pins: [] }, run).ask([need]);
  };
  expect(await look('127.0.0.2')).toMatchObject({ met: true });
  expect(await look('192.0.2.1')).toMatchObject({ met: false });
  server.close();
});

describe('the files from which Compose reads variables', () => {
  const plan = aPlan({
    parameters: [{ path: 'box/PORT', name: 'PORT', description: 'd', default: '1', uses: [] }],
  });
  const root = mkdtempSync(join(tmpdir(), 'variables-'));
  afterAll(() => rmSync(root, { recursive: true }));

  test.each([
    [{ kind: 'compose', words: ['ps'] } as const, false],
    [{ kind: 'shell', line: 'docker compose -f "$TOOLBOX_COMPOSE_FILE" ps' } as const, false],
    [{ kind: 'shell', line: 'curl http://localhost' } as const, true],
  ])('are needed by a command of Compose: %j', (command, isMet) => {
    expect(askVariableFiles(plan, { command }, root).met).toBe(isMet);
  });

  test('are named when missing, with the example to copy', () => {
    const command = { kind: 'compose', words: ['ps'] } as const;
    expect(askVariableFiles(plan, { command }, root)).toEqual({
      met: false,
      reason: '.env.local is missing, from which Compose reads parameters and secrets',
      fix: 'Copy dist/compose/.env.local.example to .env.local, and fill in the values.',
    });
    writeFileSync(join(root, '.env.local'), '');
    expect(askVariableFiles(plan, { command }, root).met).toBe(true);
  });
});
