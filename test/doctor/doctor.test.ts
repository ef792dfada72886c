import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { anAgentPlan, aPath, aPin, aProjectOf, aServer, toolboxBeside } from './support';
import { Plan } from '../../src/plan/plan';
import { put, removeFolders } from '../cli/support';
import { aService } from '../plan/plan-builder';

afterAll(removeFolders);

const DOCKER = `case "$*" in
  "version --format json") echo '{"Server":{"Version":"26.1.5","Platform":{"Name":"Docker Engine"}}}' ;;
  "compose version --format json") echo '{"version":"v2.39.1"}' ;;
  *) exit 1 ;;
esac`;
const ENGINE = aPin('docker-engine', '28.4.0');

interface Told {
  readonly ok: boolean;
  readonly checks: { name: string; subject: string; status: string; found: string; asked: string; mend?: string }[];
}

async function doctorJson(root: string, path: string, ...args: string[]): Promise<Told & { code: number | null }> {
  const { code, out, err } = await toolboxBeside(root, path, 'doctor', '--json', ...args);
  expect(err).toBe('');
  return { code, ...JSON.parse(out) as Told };
}

function statuses({ checks }: Told): Record<string, string> {
  return Object.fromEntries(checks.map(({ name, status }) => [name, status]));
}

describe('toolbox doctor', () => {
  test('looks at a machine with everything as asked, and ends well', async () => {
    const answers: Record<string, object> = {
      '/api/version': { version: '0.12.3' },
      '/api/tags': { models: [{ name: 'gpt-oss:20b' }] },
      '/api/ps': { models: [] },
      '/api/show': { model_info: { 'general.architecture': 'gptoss', 'gptoss.context_length': 131072 } },
    };
    const { port, close } = await aServer((request, response) => response.end(JSON.stringify(answers[request.url ?? ''])));
    const envFiles = [{ path: 'box/env', file: '.env.local', name: 'env', keys: [] }];
    const plan = anAgentPlan({}, port);
    const root = aProjectOf({ ...plan, envFiles, pins: [...plan.pins!, aPin('docker-engine', '26.1.5')] });
    put(root, '.env.local', '');
    const path = aPath({ docker: DOCKER, codex: 'echo codex-cli 0.42.0' });
    const told = await doctorJson(root, path).finally(close);
    expect(told).toMatchObject({ code: 0, ok: true });
    expect(statuses(told)).toMatchObject({ 'engine': 'ok', 'compose': 'ok', 'node': 'ok', 'ollama': 'ok', 'model': 'ok', 'context-length': 'ok', 'codex': 'ok' });
  });

  test('fails with what is wrong, what is asked and how to mend it, as a table for people', async () => {
    const root = aProjectOf({ pins: [ENGINE] });
    const { code, out, err } = await toolboxBeside(root, aPath({ docker: DOCKER }), 'doctor');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toBe(`wrong        engine   Docker Engine: 26.1.5, which is older
                      asked: 28.4.0
                      mend:  Install Docker Engine 28.4.0; or, once it is verified with what you have, pin that in inventories/versions.yaml:7.
ok           compose  Docker Compose: 2.39.1
ok           node     Node.js: ${process.versions.node}
2 ok, 0 warning, 1 wrong, 0 not checked
`);
  });

  test('makes only the checks that are named, and says when the model asks for nothing of the kind', async () => {
    const told = await doctorJson(aProjectOf({}), aPath({}), 'gpu', 'node');
    expect(statuses(told)).toEqual({ node: 'ok', gpu: 'not-checked' });
    expect(told).toMatchObject({ code: 0, ok: true });
  });

  test('offline asks neither the engine nor a server', async () => {
    const asked = { now: 0 };
    const { port, close } = await aServer((_, response) => {
      asked.now += 1;
      response.end('{}');
    });
    const path = aPath({ docker: 'echo called > called; exit 1' });
    const root = aProjectOf(anAgentPlan({ pins: [ENGINE] }, port));
    const told = await doctorJson(root, path, '--offline').finally(close);
    expect({ asked: asked.now, called: existsSync(join(root, 'called')) }).toEqual({ asked: 0, called: false });
    expect(told.checks.filter(({ name }) => ['engine', 'compose', 'ollama', 'model', 'context-length'].includes(name)).map(({ status, found }) => `${status}: ${found}`))
      .toEqual(Array(5).fill('not-checked: left out by --offline'));
    expect(told.code).toBe(0);
  });

  test('looks at things side by side', async () => {
    const users = [{ service: 'web', readOnly: false }];
    const volume = { path: 'box/v', name: 'v', description: '', megabytes: 1, multiWriter: false, users, source: { kind: 'persistent' as const } };
    const slow = '/bin/sleep 1.5; echo "{}"';
    const began = Date.now();
    await doctorJson(aProjectOf({ ...anAgentPlan(), volumes: [volume] }), aPath({ docker: slow, codex: slow }));
    expect(Date.now() - began).toBeLessThan(4 * 1_500);
  }, 30_000);

  test('prints only what is wrong with --quiet', async () => {
    const root = aProjectOf({ pins: [ENGINE] });
    const { out } = await toolboxBeside(root, aPath({ docker: DOCKER }), 'doctor', '--quiet');
    expect(out.split('\n').filter((line) => /^\S/.test(line))).toEqual([expect.stringMatching(/^wrong +engine/)]);
    expect((await toolboxBeside(root, aPath({}), 'doctor', '--quiet', 'node')).out).toBe('');
  });

  test('fails for a check that is not there, with the nearest one, before anything runs', async () => {
    const root = aProjectOf({});
    put(root, 'app.js', 'throw new Error("it ran")');
    expect(await toolboxBeside(root, aPath({}), 'doctor', 'engin'))
      .toEqual({ code: 2, out: '', err: 'toolbox: there is no check "engin". Did you mean "engine"? "toolbox doctor --help" lists all.\n' });
    expect((await toolboxBeside(root, aPath({}), 'doctor', 'constructor')).code).toBe(2);
  });

  test('fails with the findings of a model that has errors, beside what it sees', async () => {
    const finding = { rule: 'image-tag', severity: 'error', message: 'No tag.', mend: 'Give one.' };
    const { code, out, err } = await toolboxBeside(aProjectOf({}, [finding]), aPath({}), 'doctor', 'node');
    expect(code).toBe(1);
    expect(out).toContain('1 ok');
    expect(err).toContain('error image-tag');
  });

  test.each([['no plan at all', null], ['a plan of another version', { name: 'test' }]])('fails with %s', async (_, plan) => {
    const root = aProjectOf({});
    put(root, 'app.js', `require('fs').writeFileSync(process.env.TOOLBOX_ASSEMBLY, JSON.stringify(${
      JSON.stringify({ schemaVersion: 1, source: 'a', outdir: 'dist', plan, findings: [], files: [] })}))`);
    expect(await toolboxBeside(root, aPath({}), 'doctor')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('its plan has no list "services"') });
  });
});

describe('what a hostile machine answers', () => {
  const ESCAPES = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]/;

  async function toldOf(script: string, name: string, plan: Partial<Plan> = { pins: [ENGINE] }): Promise<Told> {
    const root = aProjectOf(plan);
    const path = aPath({ 'docker': script, 'nvidia-smi': script, 'codex': script });
    const { code, out, err } = await toolboxBeside(root, path, 'doctor', name);
    expect({ err, told: out === '' || ESCAPES.test(out) }).toEqual({ err: '', told: false });
    const told = await doctorJson(root, path, name);
    expect(told.code).toBe(code);
    return told;
  }

  const gpu = { services: [aService({ accelerator: { vendor: 'nvidia' as const, count: 1 } })] };

  test.each([
    ['orders to the terminal', 'printf \'{"Server":{"Version":"28.4.0\\\\u001b[2J\\\\u202e"}}\''],
    ['raw orders to the terminal', 'printf \'\\033[2J\\007\' >&2; exit 1'],
    ['no end of output', 'while :; do printf "%65536s" x; done'],
    ['bytes that are no text', 'printf \'\\377\\376\\000\''],
    ['deep nesting', 'printf "%100000s" | { IFS=; read -r s; printf "%s" "$s"; }; printf "[[[[[["'],
    ['a prototype', 'echo \'{"__proto__":{"Version":"28.4.0"},"Server":{"__proto__":{"Version":"28.4.0"}}}\''],
    ['a kill by a signal', 'kill -9 $$'],
    ['nothing', ':'],
  ])('%s: is told and does no harm', async (_, script) => {
    expect((await toldOf(script, 'engine')).checks[0].status).toMatch(/wrong|warning/);
    expect((await toldOf(script, 'compose')).checks[0].status).toBe('wrong');
    expect((await toldOf(script, 'codex', anAgentPlan())).checks[0].status).toMatch(/wrong/);
    expect((await toldOf(script, 'gpu', gpu)).checks[0].status).toMatch(/wrong|ok/);
  }, 60_000);

  test.each<[string, Parameters<typeof aServer>[0]]>([
    ['no end', (_, response) => {
      const more = () => response.write('x'.repeat(65536), more);
      more();
    }],
    ['an order to the terminal', (_, response) => response.end('{"version":"0.12.3\\u001b[2J\\u202e"}')],
    ['another place', (_, response) => response.writeHead(302, { Location: 'http://192.0.2.1/' }).end()],
    ['an error', (_, response) => response.writeHead(500).end('{"version":"0.12.3"}')],
    ['half an answer', (_, response) => {
      response.writeHead(200, { 'Content-Length': '1000' }).write('{"version":', () => response.destroy());
    }],
    ['no HTTP', (_, response) => response.socket?.end('hello\r\n\r\n')],
    ['endless headers', (_, response) => response.writeHead(200, { 'X-Long': 'x'.repeat(1_000_000) }).end('{}')],
  ])('an Ollama with %s: is told and does no harm', async (_, answer) => {
    const { port, close } = await aServer(answer);
    const root = aProjectOf(anAgentPlan({}, port));
    const told = await doctorJson(root, aPath({}), 'ollama', 'model', 'context-length').finally(close);
    expect(told.checks[0].status).toMatch(/wrong|warning/);
    expect(told.checks).toHaveLength(3);
    expect(JSON.stringify(told)).not.toMatch(ESCAPES);
  }, 60_000);

  test('a server that never answers is not waited for', async () => {
    const { port, close } = await aServer(() => undefined);
    const told = await doctorJson(aProjectOf(anAgentPlan({}, port)), aPath({}), 'ollama').finally(close);
    expect(told.checks).toMatchObject([{ status: 'wrong', found: 'it does not answer within 3 s' }]);
  }, 20_000);
});
