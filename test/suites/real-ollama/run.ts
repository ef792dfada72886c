// The whole chain with nothing scripted but the model's weights: codex in its container, the relay, a real Ollama on
// the host, the gateway. install.sh comes before, an engine is needed.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ollama } from './ollama';
import { Plan } from '../../../src/plan/plan';
import { Checks } from '../../e2e/harness/checks';
import { Garvis } from '../../e2e/harness/garvis';
import { provideImages } from '../../e2e/harness/images';
import { eventually, must } from '../../e2e/harness/process';
import { CTRL_C, Terminal } from '../../e2e/harness/terminal';

const MODEL = 'gpt-oss:20b';

async function main(): Promise<number> {
  const checks = new Checks();
  const folder = mkdtempSync(join(tmpdir(), 'toolbox-real-ollama-'));
  const garvis = await Garvis.synthesised();
  let ollama: Ollama | undefined;
  const cleanUp = async (): Promise<void> => {
    await ollama?.stop();
    await garvis.down().catch((error: Error) => checks.broke(error));
    garvis.remove();
    rmSync(folder, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
  }
  try {
    const plan = await garvis.plan();
    // the engine's bridge: containers reach it, the network around this machine does not
    const bridge = await must('docker', [
      'network',
      'inspect',
      '--format',
      '{{(index .IPAM.Config 0).Gateway}}',
      'bridge',
    ]);
    const port = await freePort(bridge);
    ollama = await Ollama.start(folder, bridge, port, MODEL);
    garvis.askHostAt(port);
    writeFileSync(join(garvis.workspace, 'hello.txt'), 'hello from the workspace\n');
    await provideImages(plan, (text) => checks.note(text));
    await garvis.mustCompose(['--profile', 'mcp', 'build'], { timeout: 480 });
    await garvis.up('mcp');
    await chain(checks, garvis, ollama, plan);
  } catch (error) {
    checks.broke(error);
  } finally {
    await cleanUp();
  }
  return checks.finish();
}

async function chain(checks: Checks, garvis: Garvis, ollama: Ollama, plan: Plan): Promise<void> {
  await checks.need('Ollama has the version that is pinned, and is reached through the relay', async () => {
    const pinned = plan.pins.find(({ component }) => component === 'ollama')?.version;
    const ask = async (path: string): Promise<string> =>
      must('docker', [
        'exec',
        await garvis.container('codex-cli'),
        'curl',
        '--silent',
        '--fail',
        `http://host.docker.internal:11434${path}`,
      ]);
    assert.equal((JSON.parse(await ask('/api/version')) as { version: string }).version, pinned);
    assert.match(await ask('/v1/models'), new RegExp(`"${MODEL}"`));
  });
  await checks.check(
    'a tool call of the model is made by codex and the gateway, and its result reaches the model',
    async () => {
      const { code, stdout, stderr } = await garvis.gcodex(['exec', 'Read hello.txt. <|read|>'], { timeout: 300 });
      assert.equal(code, 0, stderr);
      assert.match(stdout, /The tool has answered\./);
      assert.ok(
        /\btool: .*hello from the workspace/.test(ollama.prompts().at(-1) ?? ''),
        'the model was not given what the tool read',
      );
      assert.ok(
        (await garvis.audit()).some(
          ({ tool, outcome, client }) => tool === 'fs_read' && outcome === 'success' && client === 'codex-cli',
        ),
      );
    },
  );
  await checks.check('the model is given the whole request: tools, instructions and task', async () => {
    const [prompt = ''] = ollama.prompts();
    for (const part of [/"name":"gateway__fs_read"/, /\nsystem: /, /Read hello\.txt\. <\|read\|>$/]) {
      assert.ok(part.test(prompt), `the prompt of ${prompt.length} characters has nothing like ${part}`);
    }
    assert.ok(!/msg="truncating/.test(ollama.log()), 'Ollama cut the request to its context length');
  });
  await checks.check('a session shows an answer while it is written, and Ctrl-C makes Ollama stop', async () => {
    const before = ollama.endedChats();
    const session = new Terminal(['sh', join(garvis.folder, 'bin/gcodex'), 'Count. <|endless|>'], garvis.inFolder);
    try {
      await session.shows(/Counting:/, 300);
      assert.equal(ollama.endedChats(), before, 'the answer was not endless');
      session.type(CTRL_C);
      await eventually('Ollama ends the request', 20, async () => (ollama.endedChats() > before ? true : undefined));
    } finally {
      session.close();
    }
    const next = await garvis.gcodex(['exec', 'Say hello. <|hello|>'], { timeout: 300 });
    assert.equal(next.code, 0, next.stderr);
    assert.match(next.stdout, /Hello from the constructed weights\./);
  });
  await checks.check('two tool calls in one answer end the turn, and the message says why', async () => {
    const { code, stdout, stderr } = await garvis.gcodex(['exec', 'List, and read. <|two|>'], { timeout: 300 });
    assert.equal(code, 81, stdout + stderr);
    assert.match(stdout + stderr, /several tools in one answer.*one tool call at a time/s);
  });
}

async function freePort(address: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, failed) => server.once('error', failed).listen(0, address, done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

void main().then((code) => { process.exitCode = code; });
