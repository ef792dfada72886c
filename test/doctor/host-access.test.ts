import { aStack, COMPOSE_FILE, RUNNING, StackMachine } from './stack';
import { Call, failing } from './support';
import { hostAccess } from '../../src/doctor/checks/host-access';
import { model } from '../../src/doctor/checks/model';
import { modelServer } from '../../src/doctor/checks/model-server';
import { ollama } from '../../src/doctor/checks/ollama';
import { isOwnAddress } from '../../src/doctor/machine/addresses';
import { removeFolders } from '../cli/support';

afterAll(removeFolders);

const LINUX = { docker0: '172.17.0.1', eth0: '192.0.2.7' };
const VERSION = { version: '0.12.3' };
const ON_BRIDGE = { '172.17.0.1 /api/version': VERSION };
const ON_LOOPBACK = { '127.0.0.1 /api/version': VERSION };
const REFUSED = { 'docker run *': failing('bash: connect: Connection refused') };

describe('ollama', () => {
  const look = (machine: StackMachine) => ollama.examine(aStack({ interfaces: LINUX, ...machine }));

  test('is ok when it listens on the bridge only, as it should on Linux', async () => {
    expect(await look({ server: ON_BRIDGE })).toEqual([
      { subject: 'host-ollama at 172.17.0.1:11434', status: 'ok', found: '0.12.3', expected: '0.12.3' },
    ]);
  });

  test('is advised to listen on the bridge when it does not, and never on every address', async () => {
    const [result] = await look({});
    expect(result).toMatchObject({
      subject: 'host-ollama at 127.0.0.1:11434 and 172.17.0.1:11434',
      status: 'failure',
      found: 'nothing listens there',
    });
    expect(result.fix!.split('\n')[0]).toContain('OLLAMA_HOST=172.17.0.1:11434');
    expect(result.fix).toContain('sudo systemctl restart ollama');
    expect(result.fix).toMatch(
      /Do not use 0\.0\.0\.0: it has no login, so anyone on the network could use it and delete models\.$/,
    );
  });

  test('is simply started where the engine is in a virtual machine, which reaches the loopback', async () => {
    expect(await look({ interfaces: { en0: '192.0.2.7' } })).toMatchObject([
      { status: 'failure', fix: 'Start it: ollama serve' },
    ]);
  });

  test('that other machines reach is a warning, with the bridge as the way out', async () => {
    const server = { ...ON_LOOPBACK, ...ON_BRIDGE, '192.0.2.7 /api/version': VERSION };
    expect(await look({ server })).toMatchObject([
      { status: 'ok' },
      {
        status: 'warning',
        found: expect.stringContaining('192.0.2.7'),
        fix: 'Start it with OLLAMA_HOST=172.17.0.1:11434 instead of 0.0.0.0.',
      },
    ]);
  });

  test('is not looked for on the bridge with --offline', async () => {
    expect(await look({ server: ON_BRIDGE, offline: true })).toMatchObject([
      { subject: 'host-ollama at 127.0.0.1:11434' },
    ]);
  });

  test('is asked for its models where it answers', async () => {
    const server = { ...ON_BRIDGE, '172.17.0.1 /api/tags': { models: [] } };
    expect(await model.examine(aStack({ interfaces: LINUX, server }))).toMatchObject([
      { status: 'failure', fix: 'Pull it: OLLAMA_HOST=172.17.0.1:11434 ollama pull gpt-oss:20b' },
    ]);
  });
});

describe('host-access', () => {
  const look = (machine: StackMachine, calls: Call[] = []) =>
    hostAccess.examine(aStack({ interfaces: LINUX, ...machine }, calls));

  test("is tried in a confined container of the relay's image, that nothing remains of", async () => {
    const calls: Call[] = [];
    expect(await look({ programs: { 'docker run *': '' } }, calls)).toMatchObject([
      { subject: 'relay -> host-ollama', status: 'ok' },
    ]);
    const run = calls.find(({ words }) => words.startsWith('docker run'))!.words;
    expect(run).toMatch(
      new RegExp(
        [
          '--rm',
          '--pull never',
          '--read-only --cap-drop ALL',
          String.raw`--add-host host\.docker\.internal:host-gateway`,
          String.raw`--entrypoint bash haproxy:3\.0\.11 `,
        ].join(' .*'),
      ),
    );
  });

  test('is tried in the relay itself while it runs', async () => {
    const calls: Call[] = [];
    expect(await look({ containers: RUNNING, programs: { 'docker exec *': '' } }, calls)).toMatchObject([
      { status: 'ok' },
    ]);
    expect(calls.filter(({ words }) => words.startsWith('docker run'))).toEqual([]);
  });

  test.each<[string, StackMachine['server'], string, RegExp]>([
    [
      'it listens on the loopback only',
      ON_LOOPBACK,
      'it listens on 127.0.0.1 only, which containers cannot reach',
      /OLLAMA_HOST=172\.17\.0\.1:11434[^]*Do not use 0\.0\.0\.0/,
    ],
    ['it is not there', {}, 'nothing listens on port 11434 of this machine', /check "ollama"/],
    [
      'a firewall is in between',
      ON_BRIDGE,
      'it listens on 172.17.0.1, but a firewall blocks containers',
      /ufw allow from/,
    ],
  ])('fails when %s', async (_, server, found, fix) => {
    expect(await look({ server, programs: REFUSED })).toMatchObject([
      { status: 'failure', found, fix: expect.stringMatching(fix) },
    ]);
  });

  test('is not checked without the image, and never called ok', async () => {
    const programs = {
      'docker run *': failing('docker: Error response from daemon: No such image: haproxy:3.0.11.', 125),
    };
    expect(await look({ server: ON_BRIDGE, programs })).toMatchObject([
      { status: 'not-checked', found: expect.stringContaining('haproxy:3.0.11 is not present') },
    ]);
  });

  test('ends the container of a program that does not answer', async () => {
    const calls: Call[] = [];
    const programs = {
      'docker run *': { kind: 'none', cause: 'timeout', reason: 'docker does not answer within 20 s' } as const,
    };
    expect(await look({ programs }, calls)).toMatchObject([{ status: 'not-checked' }]);
    const [, name] = /--name (\S+)/.exec(calls.find(({ words }) => words.startsWith('docker run'))!.words)!;
    expect(calls.map(({ words }) => words)).toContain(`docker rm --force ${name}`);
  });
});

describe('model-server', () => {
  const look = (programs: StackMachine['programs'], containers = RUNNING) =>
    modelServer.examine(aStack({ containers, programs }));
  const withoutAgent = RUNNING.filter(({ service }) => service !== 'agent');
  const ended = (out: string, code = 0) => ({ kind: 'ended', code, out, err: '' }) as const;

  test("is asked from the agent's image on the network of the relay", async () => {
    const programs = {
      'docker run * --network box_models * --entrypoint curl box/agent:1 * http://host.docker.internal:11434/v1/models':
        '{"data":[]}\n200',
    };
    expect(await look(programs, withoutAgent)).toMatchObject([{ subject: 'agent -> relay', status: 'ok' }]);
  });

  test('fails with what the relay says', async () => {
    expect(await look({ 'docker exec *': ended('{"error":{"message":"No Ollama answers."}}\n503') })).toMatchObject([
      { status: 'failure', found: 'No Ollama answers.' },
    ]);
    expect(await look({ 'docker exec *': ended('\n000', 28) })).toMatchObject([{ status: 'failure' }]);
  });

  test('is not checked while the relay does not run', async () => {
    expect(await look({}, [])).toMatchObject([
      {
        status: 'not-checked',
        found: 'relay is not started',
        fix: `Start it: docker compose -f ${COMPOSE_FILE} up --detach --wait relay`,
      },
    ]);
    const paused = RUNNING.map((one) => (one.service === 'relay' ? { ...one, state: { Status: 'paused' } } : one));
    expect(await look({}, paused)).toMatchObject([{ status: 'not-checked' }]);
  });
});

describe('addresses', () => {
  test('of this machine are known, others and names are not', async () => {
    expect(await Promise.all(['127.0.0.1', '192.0.2.123', 'localhost', '', '::1'].map(isOwnAddress))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test('of an engine that has none of them is no bridge', async () => {
    expect(await ollama.examine(aStack({ interfaces: { eth0: '192.0.2.7' } }))).toMatchObject([
      { subject: 'host-ollama at 127.0.0.1:11434' },
    ]);
  });
});
