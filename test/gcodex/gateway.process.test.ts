import { FakeToolbox } from './support';

let toolbox: FakeToolbox;
beforeEach(() => {
  toolbox = new FakeToolbox();
});
afterEach(() => toolbox.remove());

const healthChecks = (): string[][] =>
  toolbox
    .calls()
    .filter((call) => call.includes('-T'))
    .map((call) => call.slice(call.indexOf('-T') + 1));
const MISSING_GATEWAY = { FAKE_MISSING_IMAGES: 'garvis/mcp-gateway:0.1.0' };

describe('for a task', () => {
  test('the gateway and the services that codex needs are started, and asked by their own health checks', () => {
    const result = toolbox.run(['exec', 'ping'], { env: { FAKE_HEALTH: 'health: starting' } });
    expect(result).toMatchObject({ code: 0, stderr: 'gcodex: starting host-relay\ngcodex: starting mcp-gateway\n' });
    expect(toolbox.broughtUp()).toEqual(['host-relay', 'mcp-gateway']);
    expect(healthChecks()).toEqual([['host-relay', 'relay-check'], ['mcp-gateway', 'mcp-gateway', '--health-check']]);
    expect(toolbox.runOptions()).toContain('--no-deps');
  });

  test('what runs is brought up to date, and asked nothing while the engine knows that it is healthy', () => {
    toolbox.gatewayRuns();
    expect(toolbox.run(['exec', 'ping'])).toMatchObject({ code: 0, stderr: '' });
    expect(toolbox.broughtUp()).toEqual(['host-relay', 'mcp-gateway']);
    expect(healthChecks()).toEqual([]);
  });

  test.each(['mcp-gateway', 'host-relay'])(
    '%s is replaced if its configuration changed, and that is said',
    (service) => {
      toolbox.gatewayRuns();
      const { code, stderr } = toolbox.run(['exec', 'ping'], { env: { FAKE_CHANGED: service } });
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: `gcodex: replaced ${service}, which had an older configuration\n`,
      });
    },
  );

  test.each([
    ['is not built', MISSING_GATEWAY, 'build mcp-gateway'],
    ['does not start', { FAKE_UP_FAILS: 'mcp-gateway' }, 'logs mcp-gateway'],
    ['does not answer', { FAKE_HEALTH: 'unhealthy', FAKE_UNHEALTHY: 'yes' }, 'logs mcp-gateway'],
  ])('a gateway that %s is mentioned, and codex runs without', (_title, env, fix) => {
    toolbox.has('host-relay');
    const { code, stderr } = toolbox.run(['exec', 'ping'], { env });
    expect(code).toBe(0);
    expect(stderr).toContain(fix);
    expect(toolbox.inContainer()).toContain('ping');
  });

  test.each([
    ['is not built', 75, MISSING_GATEWAY, 'build mcp-gateway'],
    ['does not start', 78, { FAKE_UP_FAILS: 'mcp-gateway', FAKE_CHANGED: 'mcp-gateway' }, 'logs mcp-gateway'],
  ])('codex does not run beside an older gateway if the new one %s', (_title, code, env, fix) => {
    toolbox.gatewayRuns();
    const result = toolbox.run(['exec', 'ping'], { env });
    expect(result).toMatchObject({
      code,
      stderr: expect.stringContaining('One with an older configuration is running.'),
    });
    expect(result.stderr).toContain(fix);
    expect(result.stderr).toContain('stop mcp-gateway');
    expect(toolbox.inContainer()).toBeUndefined();
  });

  test.each(['mcp-gateway', 'host-relay'])('%s must not be paused', (service) => {
    toolbox.has(service, { state: 'Up 5 minutes (Paused)' });
    expect(toolbox.run(['exec', 'ping'])).toMatchObject({
      code: 78,
      stderr: expect.stringContaining(`unpause ${service}`),
    });
    expect(toolbox.broughtUp()).toBeUndefined();
  });

  test('the gateway stays off if the person wants that', () => {
    toolbox.run(['exec', 'ping'], { env: { GCODEX_GATEWAY: 'off' } });
    expect(toolbox.broughtUp()).toEqual(['host-relay']);
  });

  test('a gateway that runs is brought up to date even then, since codex would talk to it', () => {
    toolbox.gatewayRuns();
    toolbox.run(['exec', 'ping'], { env: { GCODEX_GATEWAY: 'off' } });
    expect(toolbox.broughtUp()).toEqual(['host-relay', 'mcp-gateway']);
  });

  test('a one-off of the gateway is not the gateway', () => {
    toolbox.has('mcp-gateway', { oneOff: true });
    toolbox.run(['exec', 'ping'], { env: { GCODEX_GATEWAY: 'off' } });
    expect(toolbox.broughtUp()).toEqual(['host-relay']);
  });
});

describe('networks', () => {
  const isolated = String.raw`toolbox-mcp\tinternal=true com.docker.network.bridge.inhibit_ipv4=true more=options\n`;

  test('that are as declared are used', () => {
    const { code } = toolbox.run(['exec', 'ping'], {
      env: { FAKE_NETWORKS: String.raw`${isolated}toolbox-host\tinternal=false\n` },
    });
    expect(code).toBe(0);
    const asked = toolbox.calls().find((call) => call[0] === 'network' && !call.includes('bridge'));
    expect(asked?.slice(-2)).toEqual(['garvis_toolbox-host', 'garvis_toolbox-mcp']);
  });

  test.each([
    ['toolbox-mcp', String.raw`toolbox-mcp\tinternal=false com.docker.network.bridge.inhibit_ipv4=true\n`],
    ['toolbox-mcp', String.raw`toolbox-mcp\tinternal=true com.docker.network.bridge.inhibit_ipv4=false\n`],
    ['toolbox-mcp', String.raw`toolbox-mcp\tinternal=true\n`],
    ['toolbox-host', String.raw`${isolated}toolbox-host\tinternal=true\n`],
  ])('that Compose would leave with an older configuration end gcodex: %s in %j', (name, networks) => {
    const { code, stderr } = toolbox.run(['exec', 'ping'], { env: { FAKE_NETWORKS: networks } });
    expect(code).toBe(78);
    expect(stderr).toMatch(new RegExp(`have an older configuration: ${name}\\n.*--profile '\\*' down`));
    expect(toolbox.broughtUp()).toBeUndefined();
  });
});

describe('the relay', () => {
  test('is fetched with a note', () => {
    const { stderr } = toolbox.run(['exec', 'ping'], { env: { FAKE_MISSING_IMAGES: 'haproxy:3.0.11' } });
    expect(stderr).toContain('gcodex: fetching the image haproxy:3.0.11\n');
    expect(toolbox.inContainer()).toContain('ping');
  });

  test.each([
    [75, 'no registry provides it', 'docker load', { FAKE_MISSING_IMAGES: 'haproxy:3.0.11', FAKE_NO_REGISTRY: 'yes' }],
    [78, 'does not start: host-relay', 'logs host-relay', { FAKE_UP_FAILS: 'host-relay' }],
    [
      78,
      'host-relay, which codex needs, does not answer',
      'logs host-relay',
      { FAKE_HEALTH: 'health: starting', FAKE_UNHEALTHY: 'yes' },
    ],
  ])('ends gcodex with code %i: %s', (code, sentence, fix, env) => {
    const result = toolbox.run(['exec', 'ping'], { env });
    expect(result).toMatchObject({ code, stderr: expect.stringContaining(sentence) });
    expect(result.stderr).toContain(fix);
    expect(toolbox.inContainer()).toBeUndefined();
  });
});

test.each([[['mcp', 'list']], [['exec', '--help']], [['--version']], [['--help']]])('%j starts no gateway', (args) => {
  toolbox.run(args);
  expect(toolbox.broughtUp()).toBeUndefined();
});

describe('to negotiate a tool', () => {
  test('the gateway is started, and the image is asked', () => {
    expect(toolbox.run(['--tool', 'fs_read', '--dry-run']).code).toBe(0);
    expect(toolbox.broughtUp()).toEqual(['host-relay', 'mcp-gateway']);
    expect(toolbox.inContainer()).toEqual(['toolbox-negotiate', '--profile', 'garvis', '--tool=fs_read']);
  });

  test.each([
    [['--profile', 'mine', '--tool', 'fs_read', '--dry-run']],
    [['-p', 'mine', '--dry-run', '--tool=fs_read']],
    [['--tool', 'fs_read', '--profile=mine', '--dry-run']],
    [['--dry-run', '--tool', 'fs_read', '-p', 'mine']],
  ])('options come in any order: %j', (args) => {
    expect(toolbox.run(args).code).toBe(0);
    expect(toolbox.inContainer()).toEqual(['toolbox-negotiate', '--profile', 'mine', '--tool=fs_read']);
  });

  test('a call, JSON and a profile are passed on', () => {
    toolbox.run(['--json', '--dry-run', '--call={"path":"a b"}', '--tool=fs_read', '--profile', 'mine']);
    expect(toolbox.inContainer()).toEqual([
      'toolbox-negotiate',
      '--profile',
      'mine',
      '--tool=fs_read',
      '--call={"path":"a b"}',
      '--json',
    ]);
  });

  test.each([
    [75, 'is not built', MISSING_GATEWAY],
    [78, 'does not start', { FAKE_UP_FAILS: 'mcp-gateway' }],
    [78, 'does not answer', { FAKE_HEALTH: 'unhealthy', FAKE_UNHEALTHY: 'yes' }],
  ])('fails with code %i if the gateway %s', (code, sentence, env) => {
    toolbox.has('host-relay');
    expect(toolbox.run(['--tool', 'fs_read', '--dry-run'], { env })).toMatchObject({
      code,
      stderr: expect.stringContaining(sentence),
    });
    expect(toolbox.inContainer()).toBeUndefined();
  });

  test.each([[78], [79], [80]])('ends with the verdict %i of the image', (code) => {
    expect(toolbox.run(['--tool', 'fs_read', '--dry-run'], { env: { FAKE_EXIT: String(code) } }).code).toBe(code);
  });

  test.each([
    [['--tool', 'fs_read'], '--dry-run'],
    [['--profile', 'mine', '--dry-run'], 'needs a tool'],
    [['--tool'], 'needs a value'],
    [['--tool', 'x', '--dry-run', '--verbose'], "'--verbose' is no option"],
  ])('fails with code 64 for %j', (args, sentence) => {
    expect(toolbox.run(args)).toMatchObject({ code: 64, stderr: expect.stringContaining(sentence) });
    expect(toolbox.calls()).toEqual([]);
  });
});
