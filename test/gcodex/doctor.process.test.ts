import { chmodSync, writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FakeToolbox } from './support';

let toolbox: FakeToolbox;
beforeEach(() => {
  toolbox = new FakeToolbox();
});
afterEach(() => toolbox.remove());

interface Check {
  readonly name: string;
  readonly status: string;
  readonly found: string;
  readonly asked: string;
  readonly mend?: string;
}

const REPORT = String.raw`ok\tmodel-server\thttp://x/v1\tA model server that answers\t\n`;

interface Examination {
  readonly code: number | null;
  readonly ok: boolean;
  readonly failed: Check[];
  readonly checks: Check[];
}

function look(env: Record<string, string> = {}): Examination {
  const { code, stdout } = toolbox.run(['--doctor', '--json'], { env: { FAKE_REPORT: REPORT, ...env } });
  const { ok, checks } = JSON.parse(stdout);
  return { code, ok, checks, failed: checks.filter(({ status }: Check) => status !== 'ok') };
}

test('names every check, with what was found and what is asked', () => {
  const { code, ok, checks } = look();
  expect({ code, ok }).toEqual({ code: 0, ok: true });
  expect(checks.map(({ name }) => name)).toEqual([
    'docker', 'compose', 'compose-file', 'configuration', 'env-file', 'workspace', 'codex-image', 'model-server', 'gateway',
  ]);
  expect(checks.filter(({ found, asked }) => found === '' || asked === '')).toEqual([]);
});

test.each<[string, string, Record<string, string>, (() => void)?]>([
  ['docker', 'Start Docker', { FAKE_ENGINE: 'down' }],
  ['docker', 'Install Docker', {}, () => toolbox.withoutDocker()],
  ['compose', 'docker-compose-plugin', { FAKE_NO_COMPOSE: 'yes' }],
  ['compose-file', 'npx projen synth', {}, () => rmSync(toolbox.draft)],
  ['env-file', '.env.local.example', {}, () => rmSync(toolbox.envFile)],
  ['env-file', 'says what it is', {}, () => writeFileSync(toolbox.envFile, 'GARVIS_MCP_TOKEN=\n')],
  ['env-file', 'chmod 600', {}, () => chmodSync(toolbox.envFile, 0o644)],
  ['configuration', 'chmod -R o+rX', {}, () => chmodSync(join(toolbox.root, 'dist', 'compose', 'config'), 0o700)],
  ['workspace', 'chmod o+rx', {}, () => chmodSync(toolbox.workspace, 0o700)],
  ['codex-image', 'build codex-cli', { FAKE_MISSING_IMAGES: 'garvis/codex-cli:0.42.0' }],
  ['container', 'toolbox-report', { FAKE_REPORT: '' }],
  ['model-server', 'ollama serve', { FAKE_REPORT: String.raw`fail\tmodel-server\tnothing\tsomething\tollama serve\n` }],
  ['gateway', 'build mcp-gateway', { FAKE_MISSING_IMAGES: 'garvis/mcp-gateway:0.1.0' }],
])('fails on %s, and says how to mend it: %s', (name, mend, env, prepare) => {
  prepare?.();
  const { code, ok, failed } = look(env);
  expect({ code, ok }).toEqual({ code: 1, ok: false });
  expect(failed.find((check) => check.name === name)?.mend).toContain(mend);
});

test('a check that cannot be made is not passed', () => {
  const { failed } = look({ FAKE_ENGINE: 'down' });
  expect(failed.map(({ name }) => name)).toEqual(['docker', 'codex-image', 'container', 'gateway']);
});

test('shows no value of a secret', () => {
  writeFileSync(toolbox.envFile, 'GARVIS_MCP_TOKEN=hunter2hunter2\n', { mode: 0o644 });
  const results = [toolbox.run(['--doctor']), toolbox.run(['--doctor', '--json']), toolbox.run(['exec', 'ping'])];
  expect(JSON.stringify([results, toolbox.calls()])).not.toContain('hunter2');
});

test('is readable for people', () => {
  const { stdout, code } = toolbox.run(['--doctor'], { env: { FAKE_REPORT: REPORT, FAKE_NO_COMPOSE: 'yes' } });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^ok {4}docker {8}Client 28\.4\.0, engine 28\.4\.0$/m);
  expect(stdout).toMatch(/^fail {2}compose {7}Docker Compose v2 is missing\.\n +asked: .*\n +mend: {2}Install/m);
});
