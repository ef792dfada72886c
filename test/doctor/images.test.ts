import { aStack, COMPOSE_FILE, STACK, StackMachine } from './stack';
import { failing } from './support';
import { images } from '../../src/doctor/checks/images';
import { limits } from '../../src/doctor/checks/limits';
import { ProgramAnswer } from '../../src/doctor/machine/run-program';
import { removeFolders } from '../cli/support';

afterAll(removeFolders);

const compose = `docker compose -f ${COMPOSE_FILE}`;

describe('images', () => {
  const missing = failing('Error response from daemon: No such image: x');
  const inspect = (image: string) => `docker image inspect --format {{.Id}} ${image}`;
  const machine = (...gone: string[]): StackMachine => ({
    programs: {
      ...Object.fromEntries(gone.map((image) => [inspect(image), missing])),
      'docker image inspect *': 'sha256:0\n',
    },
  });

  test('are ok when the engine has them', async () => {
    const results = await images.examine(aStack(machine()));
    expect(results.map(({ subject, status }) => `${status} ${subject}`).sort()).toEqual([
      expect.stringContaining('ok box/agent:1'),
      'ok box/gateway:1',
      expect.stringContaining('ok example/web:1.2.3@'),
      'ok haproxy:3.0.11',
    ]);
  });

  test.each([
    ['an agent that is not built', 'box/agent:1', 'not built', `Build it: ${compose} build agent`],
    [
      'a gateway that is not built: the agent is given its address',
      'box/gateway:1',
      'not built',
      `Build it: ${compose} --profile mcp build gateway`,
    ],
    [
      'a relay that was never pulled',
      'haproxy:3.0.11',
      'not pulled',
      `Pull it: ${compose} pull relay\nWithout registry access, copy it from another machine: docker save ` +
        'haproxy:3.0.11 > image.tar there, docker load < image.tar here.',
    ],
  ])('fail with %s', async (_, image, found, fix) => {
    const results = await images.examine(aStack(machine(image)));
    expect(results.filter(({ status }) => status !== 'ok')).toMatchObject([
      { subject: image, status: 'failure', found, fix },
    ]);
  });

  test('of a part that nothing needs are a warning', async () => {
    const image = (await images.examine(aStack(machine()))).find(({ subject }) =>
      subject.startsWith('example/web'),
    )!.subject;
    const results = await images.examine(aStack(machine(image)));
    expect(results.filter(({ status }) => status !== 'ok')).toMatchObject([
      { status: 'warning', found: 'not pulled; needed only for the profile models' },
    ]);
  });

  test('are not called missing when the engine does not answer in time', async () => {
    const timeout: ProgramAnswer = { kind: 'none', cause: 'timeout', reason: 'docker does not answer within 30 s' };
    const results = await images.examine(aStack({ programs: { 'docker image inspect *': timeout } }));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['not-checked']));
  });
});

describe('limits', () => {
  const engineWith = (NCPU: number, gibibytes: number) => ({
    programs: { 'docker info --format json': JSON.stringify({ NCPU, MemTotal: gibibytes * 1024 ** 3 }) },
  });

  const look = (machine: StackMachine, plan = STACK) => limits.examine(aStack(machine, [], plan));

  test('are ok when the engine has as much', async () => {
    expect(await look(engineWith(4, 32))).toMatchObject([
      { status: 'ok', found: 'the engine has 4 CPUs and 32.0 GiB of memory' },
    ]);
  });

  test('of an profile are a warning, for CPUs and for memory', async () => {
    expect(await look(engineWith(2, 16))).toMatchObject([
      {
        subject: 'ollama',
        status: 'warning',
        expected: '4 CPUs, the limit of the service',
        found: 'the engine has 2 CPUs: the engine refuses to start the profile models',
        fix: expect.stringContaining('Cpu.cores(2)'),
      },
      {
        subject: 'ollama',
        status: 'warning',
        expected: '24.0 GiB of memory, the limit of the service',
        found: expect.stringContaining('16.0 GiB'),
      },
    ]);
  });

  test('of a service that is needed fail', async () => {
    const services = STACK.services.map((service) =>
      service.name === 'relay' ? { ...service, resources: { cpuMillis: 3500 } } : service,
    );
    const results = await look(engineWith(2, 32), { ...STACK, services });
    expect(results.find(({ subject }) => subject === 'relay')).toMatchObject({
      status: 'failure',
      expected: '3.5 CPUs, the limit of the service',
      found: 'the engine has 2 CPUs: the engine refuses to start it',
    });
  });

  test('that an override sets count', async () => {
    const overrides = { compose: [{ key: 'cpus', value: 64, reason: 'r' }], kubernetes: [] };
    const services = STACK.services.map((service) => (service.name === 'relay' ? { ...service, overrides } : service));
    expect(await look(engineWith(8, 32), { ...STACK, services })).toMatchObject([
      { subject: 'relay', status: 'failure', expected: '64 CPUs, the limit of the service' },
    ]);
  });
});
