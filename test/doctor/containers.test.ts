import { aStack, COMPOSE_FILE, RUNNING, StackMachine } from './stack';
import { Call, failing, GivenContainer } from './support';
import { containers } from '../../src/doctor/checks/containers';
import { ProgramAnswer } from '../../src/doctor/machine/run-program';
import { removeFolders } from '../cli/support';

afterAll(removeFolders);

const compose = `docker compose -f ${COMPOSE_FILE}`;

describe('containers', () => {
  const look = (given: readonly GivenContainer[], programs: StackMachine['programs'] = {}, calls: Call[] = []) =>
    containers.examine(aStack({ containers: given, programs }, calls));
  const only = (facts: GivenContainer) =>
    RUNNING.map((one) => (one.service === 'gateway' ? { ...one, ...facts } : one));
  const upGateway = `${compose} --profile mcp up --detach --wait gateway`;

  test('are ok when they run and are healthy', async () => {
    expect(await look(RUNNING)).toMatchObject(
      ['agent', 'gateway', 'relay'].map((subject) => ({ subject, status: 'ok', found: 'running and healthy' })),
    );
  });

  test('that are not started are not checked, and parts that nothing needs are not named', async () => {
    expect(await look([])).toMatchObject(
      ['agent', 'gateway', 'relay'].map((subject) => ({ subject, status: 'not-checked', found: 'not started' })),
    );
  });

  test.each<[string, GivenContainer, string, string, string]>([
    [
      'paused',
      { state: { Status: 'paused' } },
      'failure',
      'it is paused',
      `Resume it: ${compose} unpause gateway`,
    ],
    [
      'unhealthy',
      { state: { Health: { Status: 'unhealthy' } } },
      'failure',
      'it is running but unhealthy',
      `Read its log: ${compose} logs gateway`,
    ],
    [
      'restarting',
      { state: { Status: 'restarting' } },
      'failure',
      'its state is "restarting"',
      `Read its log: ${compose} logs gateway`,
    ],
    [
      'dead',
      { state: { Status: 'dead' } },
      'failure',
      'its state is "dead"',
      `Read its log: ${compose} logs gateway`,
    ],
    [
      'created',
      { state: { Status: 'created' } },
      'failure',
      'it was created but not started',
      `Start it and read the output: ${upGateway}`,
    ],
    [
      'out of memory',
      { state: { Status: 'exited', OOMKilled: true, ExitCode: 137 } },
      'failure',
      'it was killed for exceeding its memory limit',
      'Raise its memory limit in the model.',
    ],
    [
      'stopped',
      { state: { Status: 'exited', ExitCode: 143 } },
      'not-checked',
      'stopped (exit code 143)',
      `Start it: ${upGateway}`,
    ],
    [
      "another checkout's",
      { composeFile: '/other/docker-compose.yml' },
      'failure',
      'the container belongs to the toolbox in /other',
      expect.stringContaining('COMPOSE_PROJECT_NAME') as never,
    ],
  ])('that are %s', async (_, facts, status, found, fix) => {
    const results = await look(only(facts));
    expect(results.filter((result) => result.status !== 'ok')).toMatchObject([
      { subject: 'gateway', status, found, fix },
    ]);
  });

  test('that are starting are not checked', async () => {
    expect(await look(only({ state: { Health: { Status: 'starting' } } }))).toContainEqual(
      expect.objectContaining({ subject: 'gateway', status: 'not-checked' }),
    );
  });

  const dryRun = (answer: ProgramAnswer) => look(RUNNING, { 'docker compose *--dry-run*': answer });

  test('that Compose would replace fail: their files, secrets or image have changed', async () => {
    const err = ['box-gateway-1  Recreate', 'box-gateway-1  Recreated', 'box-relay-1  Running']
      .map((line) => ` DRY-RUN MODE -  Container ${line}\n`)
      .join('');
    const results = await dryRun({ kind: 'ended', code: 0, out: '', err });
    expect(results.filter(({ status }) => status !== 'ok')).toMatchObject([
      {
        subject: 'gateway',
        status: 'failure',
        found: expect.stringContaining('configuration is outdated'),
        fix: `Apply the changes: ${upGateway}`,
      },
    ]);
  });

  test('are not called current when Compose cannot say', async () => {
    expect(await dryRun(failing('unknown flag: --dry-run'))).toContainEqual(
      expect.objectContaining({ status: 'not-checked', found: expect.stringContaining('unknown flag') }),
    );
  });

  test('are never asked for their environment', async () => {
    const calls: Call[] = [];
    await look(RUNNING, {}, calls);
    const [inspect, ...more] = calls
      .filter(({ words }) => words.startsWith('docker inspect'))
      .map(({ words }) => words);
    expect({ fields: inspect.match(/\{\{json [^}]*\}\}/g), more }).toEqual({
      fields: ['Id', 'Name', 'State', 'Config.Labels', 'NetworkSettings.Networks', 'NetworkSettings.Ports'].map(
        (name) => `{{json .${name}}}`,
      ),
      more: [],
    });
  });
});
