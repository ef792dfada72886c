import { anExamination, aPin } from './support';
import { compose } from '../../src/doctor/compose';
import { engine } from '../../src/doctor/engine';
import { ProgramAnswer } from '../../src/doctor/run-program';

const VERSION = 'docker version --format json';
const COMPOSE = 'docker compose version --format json';
const PINS = [aPin('docker-engine', '28.4.0'), aPin('docker-desktop', '4.47.0')];

function docker(version: string, platform = 'Docker Engine - Community'): Record<string, string> {
  return { [VERSION]: JSON.stringify({ Client: { Version: '1.0' }, Server: { Version: version, Platform: { Name: platform } } }) };
}

describe('engine', () => {
  test('is fine as pinned; Docker Desktop is not looked at where there is none', async () => {
    expect(await engine.examine(anExamination({ pins: PINS }, { programs: docker('28.4.0') }))).toEqual([
      { subject: 'Docker Engine', status: 'ok', found: '28.4.0', asked: '28.4.0' },
      { subject: 'Docker Desktop', status: 'not-checked', found: 'the engine here is not part of one', asked: '4.47.0' },
    ]);
  });

  test('is held against both pins when it is part of Docker Desktop', async () => {
    const programs = docker('28.4.0', 'Docker Desktop 4.40.0 (187762)');
    expect(await engine.examine(anExamination({ pins: PINS }, { programs }))).toMatchObject([
      { subject: 'Docker Engine', status: 'ok' },
      { subject: 'Docker Desktop', status: 'wrong', found: '4.40.0, which is older', asked: '4.47.0' },
    ]);
  });

  test('fails when it is older than its pin', async () => {
    expect(await engine.examine(anExamination({ pins: PINS }, { programs: docker('26.1.5+dfsg1') })))
      .toMatchObject([{ status: 'wrong', found: '26.1.5+dfsg1, which is older', asked: '28.4.0', mend: expect.stringContaining('Install Docker Engine 28.4.0') }, {}]);
  });

  test('without a pin is told, and asks for nothing', async () => {
    expect(await engine.examine(anExamination({}, { programs: docker('26.1.5') }))).toEqual([{ subject: 'Docker Engine', status: 'ok', found: '26.1.5', asked: 'not pinned' }]);
  });

  const silent: ProgramAnswer = { kind: 'ended', code: 1, out: '{"Client":{"Version":"28.4.0"}}', err: 'Cannot connect to the Docker daemon.\nIs it running?\n' };
  test.each<[string, string | ProgramAnswer | undefined, string]>([
    ['there is no docker', undefined, 'docker is not on the PATH'],
    ['no server answers', silent, 'no engine answers: Cannot connect to the Docker daemon.'],
    ['it hangs', { kind: 'none', missing: false, reason: 'docker does not answer within 10 s' }, 'docker does not answer within 10 s'],
    ['it prints no JSON', 'Docker version 28.4.0', 'no engine answers'],
    ['it prints something else', '[[]]', 'no engine answers'],
    ['its version is no text', '{"Server":{"Version":["28.4.0"]}}', 'no engine answers'],
  ])('fails when %s', async (_, answer, found) => {
    const programs = answer === undefined ? {} : { [VERSION]: answer };
    expect(await engine.examine(anExamination({ pins: PINS }, { programs }))).toMatchObject([{ subject: 'Docker Engine', status: 'wrong', found, asked: '28.4.0' }]);
  });
});

describe('compose', () => {
  const envFiles = [{ path: 'box/env', file: '.env.local', name: 'env', keys: [] }];

  test.each([['v2.39.1'], ['5.0.0'], ['2.24.0']])('is fine with %s, since no version is pinned', async (version) => {
    expect(await compose.examine(anExamination({ envFiles }, { programs: { [COMPOSE]: JSON.stringify({ version }) } })))
      .toEqual([{ subject: 'Docker Compose', status: 'ok', found: version.replace('v', ''), asked: '2.24.0 or later' }]);
  });

  test('fails when it cannot read the generated file', async () => {
    expect(await compose.examine(anExamination({ envFiles }, { programs: { [COMPOSE]: '{"version":"2.23.3"}' } })))
      .toMatchObject([{ status: 'wrong', found: '2.23.3, which cannot read the generated file', asked: '2.24.0 or later' }]);
  });

  test('is held against a pin', async () => {
    const examination = anExamination({ pins: [aPin('docker-compose', '2.39.1')] }, { programs: { [COMPOSE]: '{"version":"2.40.0"}' } });
    expect(await compose.examine(examination)).toMatchObject([{ status: 'warning', asked: '2.39.1' }]);
  });

  test('fails when the plugin is not there', async () => {
    const answer: ProgramAnswer = { kind: 'ended', code: 1, out: '', err: 'docker: \'compose\' is not a docker command.' };
    expect(await compose.examine(anExamination({}, { programs: { [COMPOSE]: answer } }))).toMatchObject([{ status: 'wrong', found: '"docker compose" does not tell its version' }]);
    expect(await compose.examine(anExamination({}))).toMatchObject([{ status: 'wrong', found: 'docker is not on the PATH' }]);
  });
});
