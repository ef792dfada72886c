import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anAgentPlan, anExamination, aPath, aPin, aProjectOf, aServer, toolboxBeside } from './support';
import { examine, Examination } from '../../src/doctor';
import { put, removeFolders } from '../cli/support';
import { aService } from '../plan/plan-builder';

afterAll(removeFolders);
// each test starts the command, and the machine may be busy
jest.setTimeout(120_000);

const DOCKER = `case "$*" in
  "version --format json") echo '{"Server":{"Version":"26.1.5","Platform":{"Name":"Docker Engine"}}}' ;;
  "compose version --format json") echo '{"version":"v2.39.1"}' ;;
  *) exit 1 ;;
esac`;
const ENGINE = aPin('docker-engine', '28.4.0');

interface DoctorReport {
  readonly ok: boolean;
  readonly checks: { name: string; subject: string; status: string; found: string; expected: string; fix?: string }[];
}

async function doctorJson(
  root: string,
  path: string,
  ...args: string[]
): Promise<DoctorReport & { code: number | null }> {
  const { code, out, err } = await toolboxBeside(root, path, 'doctor', '--json', ...args);
  expect(err).toBe('');
  return { code, ...(JSON.parse(out) as DoctorReport) };
}

function statuses({ checks }: DoctorReport): Record<string, string> {
  return Object.fromEntries(checks.map(({ name, status }) => [name, status]));
}

describe('toolbox doctor', () => {
  test('ends with 0 on a machine that has everything', async () => {
    const answers: Record<string, object> = {
      '/api/version': { version: '0.12.3' },
      '/api/tags': { models: [{ name: 'gpt-oss:20b' }] },
      '/api/ps': { models: [] },
      '/api/show': { model_info: { 'general.architecture': 'gptoss', 'gptoss.context_length': 131072 } },
    };
    const { port, close } = await aServer((request, response) =>
      response.end(JSON.stringify(answers[request.url ?? ''])),
    );
    const envFiles = [{ path: 'box/env', file: '.env.local', name: 'env', keys: [] }];
    const plan = anAgentPlan({}, port);
    const root = aProjectOf({ ...plan, envFiles, pins: [...plan.pins!, aPin('docker-engine', '26.1.5')] });
    put(root, '.env.local', '');
    const path = aPath({ docker: DOCKER, codex: 'echo codex-cli 0.42.0' });
    const report = await doctorJson(root, path).finally(close);
    expect(report.checks.filter(({ status }) => status === 'failure')).toEqual([]);
    expect(report).toMatchObject({ code: 0, ok: true });
    expect(statuses(report)).toMatchObject({
      'engine': 'ok',
      'compose': 'ok',
      'node': 'ok',
      'files': 'ok',
      'ollama': 'ok',
      'model': 'ok',
      'context-length': 'ok',
      'codex': 'ok',
    });
  });

  test('fails with what is found, what is expected and how to fix it, as a table for people', async () => {
    const root = aProjectOf({ pins: [ENGINE] });
    const { code, out, err } = await toolboxBeside(
      root,
      aPath({ docker: DOCKER }),
      'doctor',
      'engine',
      'compose',
      'node',
    );
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const fix =
      'Install Docker Engine 28.4.0; or verify with the installed version and pin it in inventories/versions.yaml:7.';
    expect(out).toBe(`failure      engine   Docker Engine: 26.1.5, which is older
                      expected: 28.4.0
                      fix: ${fix}
ok           compose  Docker Compose: 2.39.1
ok           node     Node.js: ${process.versions.node}
2 ok, 0 warning, 1 failure, 0 not checked
`);
  });

  test('makes only the checks that are named, and says when the model asks for nothing of the kind', async () => {
    const report = await doctorJson(aProjectOf({}), aPath({}), 'gpu', 'node');
    expect(statuses(report)).toEqual({ node: 'ok', gpu: 'not-checked' });
    expect(report).toMatchObject({ code: 0, ok: true });
  });

  test('offline asks neither the engine nor a server', async () => {
    const asked = { now: 0 };
    const { port, close } = await aServer((_, response) => {
      asked.now += 1;
      response.end('{}');
    });
    const path = aPath({ docker: 'echo called > called; exit 1' });
    const root = aProjectOf(anAgentPlan({ pins: [ENGINE] }, port));
    const report = await doctorJson(root, path, '--offline').finally(close);
    expect({ asked: asked.now, called: existsSync(join(root, 'called')) }).toEqual({ asked: 0, called: false });
    expect(
      report.checks
        .filter(({ name }) => ['engine', 'compose', 'ollama', 'model', 'context-length'].includes(name))
        .map(({ status, found }) => `${status}: ${found}`),
    ).toEqual(Array(5).fill('not-checked: skipped by --offline'));
    expect(report.code).toBe(0);
  });

  test('makes checks concurrently', async () => {
    const started: string[] = [];
    let all = () => undefined as void;
    const together = new Promise<void>((resolve) => {
      all = resolve;
    });
    const examination = anExamination({
      ...anAgentPlan(),
      services: [aService({ accelerator: { vendor: 'nvidia', count: 1 } })],
      pins: [],
    });
    const run: Examination['props']['run'] = async (program) => {
      started.push(program);
      if (new Set(started).size === 2) {
        all();
      }
      await together;
      return { kind: 'none', cause: 'missing', reason: 'gone' };
    };
    // neither ends before both have begun
    const results = await examine(['compose', 'gpu'], new Examination({ ...examination.props, run }), true);
    expect(results.map(({ name }) => name)).toEqual(['compose', 'gpu']);
  });

  test('checks the compose file passed to it', async () => {
    const root = aProjectOf({});
    const other = await doctorJson(root, aPath({}), 'files', '--compose-file', '/elsewhere/compose.yml');
    expect(other.checks).toMatchObject([{ status: 'not-checked', subject: '/elsewhere/compose.yml' }]);
    expect((await doctorJson(root, aPath({}), 'files')).checks).toMatchObject([{ status: 'ok' }]);
  });

  test('makes every check when the engine does not answer: what needs it says so, and waits for it once', async () => {
    const path = aPath({ docker: 'echo called >> called; echo "Cannot connect to the Docker daemon." >&2; exit 1' });
    const root = aProjectOf(anAgentPlan({ pins: [ENGINE] }));
    const report = await doctorJson(root, path);
    const names = new Set(report.checks.map(({ name }) => name));
    expect([...names]).toEqual(
      expect.arrayContaining(['engine', 'files', 'images', 'limits', 'containers', 'ollama', 'model']),
    );
    expect(
      report.checks
        .filter(({ name }) => ['images', 'limits', 'containers'].includes(name))
        .map(({ status, found }) => `${status}: ${found}`),
    ).toEqual(
      Array(3).fill(
        'not-checked: the engine is not available: the engine does not answer: Cannot connect to the Docker daemon.',
      ),
    );
    // the engine, and Compose, which needs no engine
    expect(readFileSync(join(root, 'called'), 'utf8').trim().split('\n')).toHaveLength(2);
  });

  test('prints only what is wrong with --quiet', async () => {
    const root = aProjectOf({ pins: [ENGINE] });
    const { out } = await toolboxBeside(root, aPath({ docker: DOCKER }), 'doctor', '--quiet', 'engine', 'node');
    expect(out.split('\n').filter((line) => /^\S/.test(line))).toEqual([expect.stringMatching(/^failure +engine/)]);
    expect((await toolboxBeside(root, aPath({}), 'doctor', '--quiet', 'node')).out).toBe('');
  });

  test('fails for a check that is not there, with the nearest one, before anything runs', async () => {
    const root = aProjectOf({});
    put(root, 'app.js', 'throw new Error("it ran")');
    expect(await toolboxBeside(root, aPath({}), 'doctor', 'engin')).toEqual({
      code: 2,
      out: '',
      err: 'toolbox: unknown check "engin". Did you mean "engine"? "toolbox doctor --help" lists all checks.\n',
    });
    expect((await toolboxBeside(root, aPath({}), 'doctor', 'constructor')).code).toBe(2);
  });

  test('fails with the findings of a model that has errors, beside what it sees', async () => {
    const finding = { rule: 'image-tag', severity: 'error', message: 'No tag.', fix: 'Give one.' };
    const { code, out, err } = await toolboxBeside(aProjectOf({}, [finding]), aPath({}), 'doctor', 'node');
    expect(code).toBe(1);
    expect(out).toContain('1 ok');
    expect(err).toContain('error image-tag');
  });

  test.each([
    ['no plan at all', null],
    ['a plan of another version', { name: 'test' }],
  ])('fails with %s', async (_, plan) => {
    const root = aProjectOf({});
    put(
      root,
      'app.js',
      `require('fs').writeFileSync(process.env.TOOLBOX_ASSEMBLY, JSON.stringify(${JSON.stringify({
        schemaVersion: 1,
        source: 'a',
        outdir: 'dist',
        plan,
        findings: [],
        files: [],
      })}))`,
    );
    expect(await toolboxBeside(root, aPath({}), 'doctor')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('Its plan has no list "services"'),
    });
  });
});
