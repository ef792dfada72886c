import { FakeToolbox } from './support';

let toolbox: FakeToolbox;
beforeEach(() => {
  toolbox = new FakeToolbox();
});
afterEach(() => toolbox.remove());

const started = (): boolean => toolbox.calls().some((call) => call.includes('up'));
const healthChecks = (): string[][] => toolbox.calls().filter((call) => call.includes('exec') && call.includes('mcp-gateway'));

describe('for a task', () => {
  test('the gateway is started when it does not run, and is asked by its own health check', () => {
    expect(toolbox.run(['exec', 'ping'])).toMatchObject({ code: 0, stderr: 'gcodex: starting the gateway\n' });
    expect(started()).toBe(true);
    expect(healthChecks()[0].slice(-4)).toEqual(['-T', 'mcp-gateway', 'mcp-gateway', '--health-check']);
  });

  test('a gateway that runs is left alone', () => {
    toolbox.gatewayRuns();
    expect(toolbox.run(['exec', 'ping'])).toMatchObject({ code: 0, stderr: '' });
    expect(started()).toBe(false);
  });

  test.each([
    ['is not built', { FAKE_MISSING_IMAGES: 'garvis/mcp-gateway:0.1.0' }, 'build mcp-gateway'],
    ['does not start', { FAKE_UP_FAILS: 'yes' }, 'logs mcp-gateway'],
    ['does not answer', { FAKE_UNHEALTHY: 'yes' }, 'logs mcp-gateway'],
  ])('a gateway that %s is mentioned, and codex runs without', (_title, env, mend) => {
    const { code, stderr } = toolbox.run(['exec', 'ping'], { env });
    expect(code).toBe(0);
    expect(stderr).toContain(mend);
    expect(toolbox.inContainer()).toContain('ping');
  });

  test('the gateway stays off when the person wants that', () => {
    toolbox.run(['exec', 'ping'], { env: { GCODEX_GATEWAY: 'off' } });
    expect(started()).toBe(false);
  });
});

test.each([[['mcp', 'list']], [['exec', '--help']], [['--version']], [['--help']]])('%j starts no gateway', (args) => {
  toolbox.run(args);
  expect(started()).toBe(false);
});

describe('to negotiate a tool', () => {
  test('the gateway is started, and the image is asked', () => {
    expect(toolbox.run(['--tool', 'fs_read', '--dry-run']).code).toBe(0);
    expect(started()).toBe(true);
    expect(toolbox.inContainer()).toEqual(['toolbox-negotiate', '--profile', 'garvis', '--tool=fs_read']);
  });

  test('a call, JSON and a profile are passed on', () => {
    toolbox.run(['--dry-run', '--call={"path":"a b"}', '--tool=fs_read', '--json', '--profile', 'mine']);
    expect(toolbox.inContainer()).toEqual(['toolbox-negotiate', '--profile', 'mine', '--tool=fs_read', '--call={"path":"a b"}', '--json']);
  });

  test.each([
    [75, 'is not built', { FAKE_MISSING_IMAGES: 'garvis/mcp-gateway:0.1.0' }],
    [78, 'does not start', { FAKE_UP_FAILS: 'yes' }],
    [78, 'does not answer', { FAKE_UNHEALTHY: 'yes' }],
  ])('fails with code %i when the gateway %s', (code, sentence, env) => {
    expect(toolbox.run(['--tool', 'fs_read', '--dry-run'], { env })).toMatchObject({ code, stderr: expect.stringContaining(sentence) });
    expect(toolbox.inContainer()).toBeUndefined();
  });

  test.each([[78], [79], [80]])('ends with the verdict %i of the image', (code) => {
    expect(toolbox.run(['--tool', 'fs_read', '--dry-run'], { env: { FAKE_EXIT: String(code) } }).code).toBe(code);
  });

  test.each([
    [['--tool', 'fs_read'], '--dry-run'],
    [['--dry-run'], 'Which tool?'],
    [['--tool'], 'needs a value'],
    [['--tool', 'x', '--dry-run', '--verbose'], "'--verbose' is no option"],
  ])('fails with code 64 for %j', (args, sentence) => {
    expect(toolbox.run(args)).toMatchObject({ code: 64, stderr: expect.stringContaining(sentence) });
    expect(toolbox.calls()).toEqual([]);
  });
});
