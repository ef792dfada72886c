import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Plan } from '../../../src/plan/plan';
import { Checks } from '../harness/checks';
import { Garvis } from '../harness/garvis';
import { eventually, must } from '../harness/process';
import { ScriptedOllama } from '../harness/scripted-ollama';
import { SMALL_PICTURE } from '../harness/small-picture';

/** The most an image may have, in megabytes. */
const LARGEST = { 'codex-cli': 330, 'mcp-gateway': 200 };

/** Everything is built and comes up. */
export async function comesUp(checks: Checks, garvis: Garvis, plan: Plan): Promise<void> {
  await checks.need('Docker Compose accepts the generated file with every profile', async () => {
    await garvis.mustCompose(['--profile', '*', 'config', '--quiet']);
  });
  await checks.need('both images build through the generated file', async () => {
    await garvis.mustCompose(['--profile', 'mcp', 'build'], { timeout: 480 });
  });
  await checks.check('the images are not larger than they may be', async () => {
    const sizes = await Promise.all(Object.entries(LARGEST).map(async ([name, most]) => {
      const image = plan.services.find((service) => service.name === name)?.image;
      const bytes = Number(
        await must('docker', ['image', 'inspect', '--format', '{{.Size}}', `${image?.repository}:${image?.tag}`]),
      );
      return { name, megabytes: Math.round(bytes / 1e6), most };
    }));
    sizes.forEach(({ name, megabytes, most }) => checks.note(`${name}: ${megabytes} MB of at most ${most}`));
    assert.deepEqual(sizes.filter(({ megabytes, most }) => megabytes > most), []);
  });
  fitToProcessors(checks, garvis, plan);
  writeFileSync(join(garvis.workspace, 'hello.txt'), 'hello from the workspace\nsecond line\n');
  writeFileSync(join(garvis.workspace, 'page.md'), `# A page\n\n![a field](data:image/png;base64,${SMALL_PICTURE})\n`);
  mkdirSync(join(garvis.workspace, 'below'));
  await checks.need('what is always there gets healthy', () => garvis.up());
  await checks.need('with the profile mcp the gateway gets healthy', () => garvis.up('mcp'));
  await checks.need('with the profile ollama the Ollama in a container gets healthy', () => garvis.up('mcp', 'ollama'));
  await checks.check('the one-shot of the profile ollama-download fetches the model and ends', async () => {
    const models = async (): Promise<string> =>
      must('docker', ['exec', await garvis.container('ollama'), 'ollama', 'list']);
    assert.doesNotMatch(await models(), /gpt-oss:20b/);
    await garvis.mustCompose(['--profile', 'ollama-download', 'run', '--rm', '--no-TTY', 'ollama-download']);
    assert.match(await models(), /gpt-oss:20b/);
  });
}

/** An engine refuses a limit of more processors than the machine has. */
function fitToProcessors(checks: Checks, garvis: Garvis, plan: Plan): void {
  const most = cpus().length;
  const greedy = plan.services
    .filter(({ resources }) => (resources.cpuMillis ?? 0) > most * 1000)
    .map(({ name }) => name);
  if (greedy.length > 0) {
    const file = join(garvis.folder, 'processors.yml');
    writeFileSync(file, `services:\n${greedy.map((name) => `  ${name}:\n    cpus: ${most}\n`).join('')}`);
    garvis.overrides.push(file);
    checks.note(`This machine has ${most} processors, so ${greedy.join(', ')} get no more than that.`);
  }
}

/** A person uses it. */
export async function isUsed(checks: Checks, garvis: Garvis, ollama: ScriptedOllama): Promise<void> {
  await checks.check(
    'docker compose run --rm mcp-gateway --health-check says initialised, and lists the tools',
    async () => {
      const said = await garvis.mustCompose([
        '--profile',
        'mcp',
        'run',
        '--rm',
        '--no-TTY',
        'mcp-gateway',
        '--health-check',
      ]);
      assert.match(said, /^initialised: 11 tools/m);
      assert.match(said, /codex-cli: .*fs_read/);
    },
  );
  await checks.check('gcodex --version says 0.42.0', async () => {
    const { code, stdout } = await garvis.gcodex(['--version']);
    assert.equal(code, 0);
    assert.match(stdout, /\b0\.42\.0\b/);
  });
  await checks.check('gcodex exec ping is answered by the Ollama on the host', async () => {
    ollama.follow({ say: 'pong' });
    const { code, stdout, stderr } = await garvis.gcodex(['exec', '--skip-git-repo-check', 'ping']);
    assert.equal(code, 0, stderr);
    assert.match(stdout + stderr, /pong/);
    assert.ok(ollama.seen.includes('POST /v1/chat/completions'), ollama.seen.join());
  });
  await checks.check('gcodex --tool fs_read --dry-run finds the tool offered, and no other', async () => {
    const offered = await garvis.gcodex(['--tool', 'fs_read', '--dry-run']);
    assert.equal(offered.code, 0, offered.stdout + offered.stderr);
    const unknown = await garvis.gcodex(['--tool', 'fs_burn', '--dry-run']);
    assert.equal(unknown.code, 79, unknown.stdout + unknown.stderr);
  });
  await checks.check('codex calls a file tool, an image tool and a command of the gateway', async () => {
    ollama.follow(
      { call: 'gateway__fs_read', args: { path: 'hello.txt' } },
      { call: 'gateway__image_list', args: { path: 'page.md' } },
      { call: 'gateway__count_lines', args: { path: 'hello.txt' } },
      { say: 'All three answered.' },
    );
    const { code, stdout, stderr } = await garvis.gcodex(['exec', '--skip-git-repo-check', 'use your tools']);
    assert.equal(code, 0, stderr);
    assert.match(stdout + stderr, /All three answered/);
    const [read, images, count] = ollama.toolResults;
    assert.match(read ?? '', /hello from the workspace/);
    assert.match(images ?? '', /page\.md.*\bpng\b.*\b40\b.*\b20\b/s);
    assert.match(count ?? '', /\b2 hello\.txt/);
  });
  await checks.check('the audit log has these calls, in a chain without a gap', async () => {
    const calls = (await garvis.audit()).filter(({ type }) => type === 'call');
    for (const tool of ['fs_read', 'image_list', 'count_lines']) {
      assert.ok(
        calls.some((call) => call.tool === tool && call.outcome === 'success' && call.client === 'codex-cli'),
        `${tool}: ${JSON.stringify(calls)}`,
      );
    }
    await garvis.mustCompose([
      '--profile',
      'mcp',
      'run',
      '--rm',
      '--no-TTY',
      'mcp-gateway',
      'audit',
      'verify',
      '/var/log/mcp-gateway/audit.jsonl',
    ]);
  });
  await checks.check(
    'a tool that the policy does not have is not offered, and a path that it denies is refused',
    async () => {
      writeFileSync(join(garvis.workspace, '.env'), 'SECRET=1\n');
      ollama.follow({ call: 'gateway__fs_read', args: { path: '.env' } }, { say: 'Refused.' });
      const { code, stderr } = await garvis.gcodex(['exec', '--skip-git-repo-check', 'read it']);
      assert.equal(code, 0, stderr);
      assert.equal(ollama.toolResults.length, 1);
      assert.doesNotMatch(ollama.toolResults[0]!, /SECRET=1/);
      const offered = (ollama.chats[0]?.tools ?? [])
        .map((tool) => tool.function?.name)
        .filter((name) => name?.startsWith('gateway__'));
      assert.equal(offered.length, 11, offered.join());
      assert.ok((await garvis.audit()).some(({ tool, outcome }) => tool === 'fs_read' && outcome === 'denied'));
    },
  );
  await checks.check('the gateway is restarted under a running codex, which goes on with its tools', async () => {
    ollama.follow(
      { call: 'gateway__fs_list', args: { path: '.' } },
      { call: 'gateway__fs_read', args: { path: 'hello.txt' }, before: async () => { await restartGateway(garvis); } },
      { say: 'Both answered.' },
    );
    const { code, stderr } = await garvis.gcodex(['exec', '--skip-git-repo-check', 'list, then read'], {
      timeout: 120,
    });
    assert.equal(code, 0, stderr);
    assert.match(ollama.toolResults[0] ?? '', /hello\.txt/);
    assert.match(ollama.toolResults[1] ?? '', /hello from the workspace/);
  });
}

async function restartGateway(garvis: Garvis): Promise<void> {
  await garvis.mustCompose(['--profile', 'mcp', 'restart', '--no-deps', 'mcp-gateway'], { timeout: 60 });
  await healthy(garvis, 'mcp-gateway');
}

/** Waits until a service's container is healthy again. */
export async function healthy(garvis: Garvis, service: string): Promise<void> {
  await eventually(`${service} is healthy`, 60, async () => {
    const [id] = (await garvis.mustCompose(['--profile', '*', 'ps', '--quiet', service])).split('\n');
    const state = id
      ? await must('docker', ['inspect', '--format', '{{.State.Running}} {{.State.Health.Status}}', id])
      : '';
    return state === 'true healthy' ? true : undefined;
  });
}

/** It goes without a trace. */
export async function goesAway(checks: Checks, garvis: Garvis): Promise<void> {
  await checks.check(
    'the documented command stops everything, a session and a service that is gone too, and keeps volumes',
    async () => {
      await garvis.up('mcp');
      await garvis.mustCompose(['run', '--detach', 'codex-cli', 'sleep', '600']);
      const page = readFileSync(join(garvis.folder, 'dist/docs/STATUS.md'), 'utf8');
      const [, stop = ''] = /^docker compose -f \S+ (.* down .*)$/m.exec(page) ?? [];
      const withoutGateway = readFileSync(garvis.composeFile, 'utf8').replace('\n  mcp-gateway:\n', '\n  renamed:\n');
      writeFileSync(garvis.composeFile, withoutGateway);
      await garvis.mustCompose(stop.split(' '));
      assert.deepEqual(
        (await garvis.left()).filter((one) => !one.startsWith('volume ')),
        [],
      );
      assert.notDeepEqual(await garvis.left(), []);
    },
  );
  await checks.check('with its volumes nothing is left', async () => {
    await garvis.down();
    assert.deepEqual(await garvis.left(), []);
  });
}
