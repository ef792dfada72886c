import { anExamination, aPin, ENGINE, failing } from './support';
import { compose } from '../../src/doctor/checks/compose';
import { engine } from '../../src/doctor/checks/engine';
import { ProgramAnswer } from '../../src/doctor/machine/run-program';

const VERSION = 'docker version --format json';
const COMPOSE = 'docker compose version --format json';
const PINS = [aPin('docker-engine', '28.4.0'), aPin('docker-desktop', '4.47.0')];
const TIMEOUT: ProgramAnswer = { kind: 'none', cause: 'timeout', reason: 'docker does not answer within 30 s' };

function docker(version: string, platform = 'Docker Engine - Community'): Record<string, string> {
  return {
    [VERSION]: JSON.stringify({
      Client: { Version: '1.0' },
      Server: { Version: version, Platform: { Name: platform } },
    }),
  };
}

describe('engine', () => {
  test('is ok as pinned; Docker Desktop is not checked where there is none', async () => {
    expect(await engine.examine(anExamination({ pins: PINS }, { programs: docker('28.4.0') }))).toEqual([
      { subject: 'Docker Engine', status: 'ok', found: '28.4.0', expected: '28.4.0' },
      {
        subject: 'Docker Desktop',
        status: 'not-checked',
        found: 'not part of Docker Desktop',
        expected: '4.47.0',
      },
    ]);
  });

  test('is compared with both pins when it is part of Docker Desktop', async () => {
    const programs = docker('28.4.0', 'Docker Desktop 4.40.0 (187762)');
    expect(await engine.examine(anExamination({ pins: PINS }, { programs }))).toMatchObject([
      { subject: 'Docker Engine', status: 'ok' },
      { subject: 'Docker Desktop', status: 'failure', found: '4.40.0, which is older', expected: '4.47.0' },
    ]);
  });

  test('fails when it is older than its pin', async () => {
    expect(await engine.examine(anExamination({ pins: PINS }, { programs: docker('26.1.5+dfsg1') }))).toMatchObject([
      {
        status: 'failure',
        found: '26.1.5+dfsg1, which is older',
        expected: '28.4.0',
        fix: expect.stringContaining('Install Docker Engine 28.4.0'),
      },
      {},
    ]);
  });

  test('without a pin is ok with any version', async () => {
    expect(await engine.examine(anExamination({}, { programs: docker('26.1.5') }))).toEqual([
      { subject: 'Docker Engine', status: 'ok', found: '26.1.5', expected: 'not pinned' },
    ]);
  });

  test('that is slow is a warning, not a failure', async () => {
    expect(await engine.examine(anExamination({}, { programs: docker('26.1.5'), slow: 12_000 }))).toMatchObject([
      { status: 'ok' },
      { status: 'warning', found: '"docker version" took 12.0 s' },
    ]);
  });

  const down = 'Cannot connect to the Docker daemon.\nIs it running?\n';
  const silent: ProgramAnswer = { kind: 'ended', code: 1, out: '{"Client":{"Version":"28.4.0"}}', err: down };
  test.each<[string, string | ProgramAnswer | undefined, string, RegExp]>([
    ['there is no docker', undefined, 'docker is not on the PATH', /^Install Docker/],
    [
      'no server answers',
      silent,
      'the engine does not answer: Cannot connect to the Docker daemon.',
      /systemctl start docker/,
    ],
    ['it hangs', TIMEOUT, 'docker does not answer within 30 s', /^The engine is starting/],
    [
      'this user may not ask it',
      failing('permission denied while trying to connect to the Docker daemon socket'),
      'this user may not access the Docker engine',
      /usermod -aG docker/,
    ],
    ['it prints no JSON', 'Docker version 28.4.0', 'the engine does not answer', /systemctl start docker/],
    ['it prints something else', '[[]]', 'the engine does not answer', /systemctl start docker/],
    [
      'its version is no text',
      '{"Server":{"Version":["28.4.0"]}}',
      'the engine does not answer',
      /systemctl start docker/,
    ],
  ])('fails when %s', async (_, answer, found, fix) => {
    const programs = answer === undefined ? {} : { [VERSION]: answer };
    expect(await engine.examine(anExamination({ pins: PINS }, { programs }))).toMatchObject([
      { subject: 'Docker Engine', status: 'failure', found, expected: '28.4.0', fix: expect.stringMatching(fix) },
    ]);
  });

  test('is asked once, whatever else asks for it', async () => {
    const calls: { words: string; input: string | undefined }[] = [];
    const examination = anExamination({}, { programs: ENGINE }, calls);
    await Promise.all([engine.examine(examination), engine.examine(examination)]);
    expect(calls.filter(({ words }) => words === VERSION)).toHaveLength(1);
  });
});

describe('compose', () => {
  const envFiles = [{ path: 'box/env', file: '.env.local', name: 'env', keys: [] }];

  test.each([['v2.39.1'], ['5.0.0'], ['2.24.0']])('is ok with %s, since no version is pinned', async (version) => {
    expect(
      await compose.examine(anExamination({ envFiles }, { programs: { [COMPOSE]: JSON.stringify({ version }) } })),
    ).toEqual([
      { subject: 'Docker Compose', status: 'ok', found: version.replace('v', ''), expected: '2.24.0 or later' },
    ]);
  });

  test('fails when it cannot read the generated file', async () => {
    expect(
      await compose.examine(anExamination({ envFiles }, { programs: { [COMPOSE]: '{"version":"2.23.3"}' } })),
    ).toMatchObject([
      { status: 'failure', found: '2.23.3, which does not support the generated file', expected: '2.24.0 or later' },
    ]);
  });

  test('is compared with a pin', async () => {
    const pins = [aPin('docker-compose', '2.39.1')];
    const examination = anExamination({ pins }, { programs: { [COMPOSE]: '{"version":"2.40.0"}' } });
    expect(await compose.examine(examination)).toMatchObject([{ status: 'warning', expected: '2.39.1' }]);
  });

  test('fails when the plugin is not there', async () => {
    const programs = { [COMPOSE]: failing("docker: 'compose' is not a docker command.") };
    expect(await compose.examine(anExamination({}, { programs }))).toMatchObject([
      { status: 'failure', found: '"docker compose version" prints no version' },
    ]);
    expect(await compose.examine(anExamination({}))).toMatchObject([
      { status: 'failure', found: 'docker is not on the PATH' },
    ]);
  });

  test('that is slow is not called missing', async () => {
    const [result] = await compose.examine(anExamination({}, { programs: { [COMPOSE]: TIMEOUT } }));
    expect(result).toEqual({
      subject: 'Docker Compose',
      status: 'not-checked',
      found: 'docker does not answer within 30 s',
      expected: '2.0.0 or later',
    });
  });
});
