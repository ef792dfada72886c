import assert from 'node:assert/strict';
import { renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { healthy } from './runs';
import { Checks } from '../harness/checks';
import { Garvis } from '../harness/garvis';
import { eventually, must, Result, run } from '../harness/process';
import { ScriptedOllama } from '../harness/scripted-ollama';

/** Asserts that one line of the output has all these parts, and shows the line in the log of the checks. */
function says(
  checks: Checks,
  { stdout, stderr }: Pick<Result, 'stdout' | 'stderr'>,
  ...parts: readonly (string | RegExp)[]
): void {
  const has = (line: string, part: string | RegExp): boolean =>
    typeof part === 'string' ? line.includes(part) : part.test(line);
  const line = (stdout + stderr).split('\n').find((one) => parts.every((part) => has(one, part)));
  assert.ok(line !== undefined, `no line with ${parts.join(' and ')} in:\n${(stdout + stderr).slice(-2500)}`);
  checks.note(line.trim().slice(0, 220));
}

const EXEC = ['exec', '--skip-git-repo-check'];

/** Ten ways to fail. Each ends with a message that says what is wrong, and afterwards everything works again. */
export async function failures(checks: Checks, garvis: Garvis, ollama: ScriptedOllama): Promise<void> {
  const oneShot = async (...args: string[]): Promise<Result> =>
    garvis.compose(['--profile', 'mcp', 'run', '--rm', '--no-TTY', ...args]);
  const works = async (): Promise<void> => {
    ollama.follow({ call: 'gateway__fs_read', args: { path: 'hello.txt' } }, { say: 'It works again.' });
    const { code, stderr } = await garvis.gcodex([...EXEC, 'read']);
    assert.equal(code, 0, stderr);
    assert.match(ollama.toolResults[0] ?? '', /hello from the workspace/);
  };

  await checks.check(
    '1 the gateway is killed: the engine starts it again, its log has no gap, and codex works again',
    async () => {
      const id = await garvis.container('mcp-gateway');
      const before = (await garvis.audit()).length;
      // the first one takes the others with it, so some may be gone already
      await run('kill', ['-KILL', ...(await processesOf(id))]);
      await eventually('the engine starts it again', 60, async () =>
        (await must('docker', ['inspect', '--format', '{{.RestartCount}}', id])) === '0' ? undefined : true,
      );
      await healthy(garvis, 'mcp-gateway');
      await works();
      assert.ok((await garvis.audit()).length > before, 'the log goes on');
      const verified = await oneShot('mcp-gateway', 'audit', 'verify', '/var/log/mcp-gateway/audit.jsonl');
      assert.equal(verified.code, 0, verified.stdout + verified.stderr);
      says(checks, verified, /^ok: \d+ records/);
    },
  );

  await checks.check('2 the model on the host is gone: one sentence says what to start', async () => {
    await ollama.close();
    try {
      const result = await garvis.gcodex([...EXEC, 'ping']);
      assert.equal(result.code, 76, result.stderr);
      says(checks, result, 'model server does not answer');
      const relayed = await run('docker', [
        'exec',
        await garvis.container('codex-cli'),
        'curl',
        '--silent',
        'http://host.docker.internal:11434/v1/models',
      ]);
      says(checks, relayed, 'No Ollama answers on port 11434');
    } finally {
      await ollama.listen();
    }
    await works();
  });

  await checks.check(
    '3 the disk of the log volume is full: calls are refused with the reason, and nothing runs unrecorded',
    async () => {
      await onFullDisk(checks, garvis);
      await works();
    },
  );

  await checks.check('4 the token is wrong: the gateway refuses, and codex says that it has no tools', async () => {
    const refusals = async (): Promise<number> => (
      (await garvis.audit()).filter(({ type, outcome }) => type === 'auth' && outcome === 'denied').length);
    const before = await refusals();
    // another token in the file would be the gateway's as well: gcodex brings it up to date
    const wrong = `GARVIS_MCP_TOKEN=${'0'.repeat(64)}`;
    const result = await oneShot(
      '--no-deps',
      '--env',
      wrong,
      'codex-cli',
      'toolbox-negotiate',
      '--profile',
      'garvis',
      '--tool',
      'fs_read',
    );
    assert.equal(result.code, 78, result.stdout + result.stderr);
    says(checks, result, 'token');
    assert.ok(await refusals() > before, 'the audit log has the refusal');
    await works();
  });

  await checks.check('5 the manifest is invalid: the gateway does not start, and says where it is wrong', async () => {
    const { path, text } = garvis.config('mcp-gateway', 'manifest.json');
    const invalid = text.replace('"operation": "read"', '"operation": "burn"');
    assert.notEqual(invalid, text);
    writeFileSync(path, invalid);
    try {
      const result = await oneShot('mcp-gateway');
      assert.notEqual(result.code, 0);
      says(checks, result, /manifest\.json:\d+:\d+: tools\[\d+\]\.operation: /, '"burn"', '"read"');
    } finally {
      writeFileSync(path, text);
    }
    await works();
  });

  await checks.check('6 .env.local is missing: gcodex and the gateway both name what is missing', async () => {
    renameSync(garvis.secrets, `${garvis.secrets}.away`);
    try {
      const result = await garvis.gcodex([...EXEC, 'ping']);
      assert.equal(result.code, 74, result.stderr);
      says(checks, result, garvis.secrets);
      const gateway = await oneShot('mcp-gateway', '--health-check');
      assert.notEqual(gateway.code, 0);
      says(checks, gateway, '"codex-cli"', 'GARVIS_MCP_TOKEN');
    } finally {
      renameSync(`${garvis.secrets}.away`, garvis.secrets);
    }
    await works();
  });

  await checks.check('7 the port is taken: a second gateway beside the first one says so and ends', async () => {
    const id = await garvis.container('mcp-gateway');
    const result = await run('docker', [
      'run',
      '--rm',
      '--network',
      `container:${id}`,
      '--env-file',
      garvis.secrets,
      '--volume',
      `${garvis.config('mcp-gateway', 'manifest.json').path}:/etc/mcp-gateway/manifest.json:ro`,
      '--volume',
      `${garvis.workspace}:/workspace:ro`,
      '--tmpfs',
      '/var/log/mcp-gateway:uid=10001,gid=10001',
      await imageOf(id),
      'serve',
      '--manifest',
      '/etc/mcp-gateway/manifest.json',
    ]);
    assert.notEqual(result.code, 0);
    says(checks, result, '8811', 'EADDRINUSE');
    await works();
  });

  await checks.check(
    '8 state is read-only: the gateway without its log, and codex without its home, say so and end',
    async () => {
      const id = await garvis.container('mcp-gateway');
      const gateway = await run('docker', [
        'run',
        '--rm',
        '--read-only',
        '--network',
        'none',
        '--env-file',
        garvis.secrets,
        '--volume',
        `${garvis.config('mcp-gateway', 'manifest.json').path}:/etc/mcp-gateway/manifest.json:ro`,
        '--volume',
        `${garvis.workspace}:/workspace:ro`,
        await imageOf(id),
        'serve',
        '--manifest',
        '/etc/mcp-gateway/manifest.json',
      ]);
      assert.notEqual(gateway.code, 0);
      says(checks, gateway, '/var/log/mcp-gateway/audit.jsonl', 'EROFS');
      const codex = await run('docker', [
        'run',
        '--rm',
        '--read-only',
        '--network',
        'none',
        await imageOf(await garvis.container('codex-cli')),
        'codex',
        'exec',
        '--skip-git-repo-check',
        'ping',
      ]);
      assert.notEqual(codex.code, 0);
      says(checks, codex, 'ERROR', 'Read-only file system');
    },
  );

  await checks.check(
    '9 the model is slow: codex waits for it; one that is silent for too long gets an answer that says so',
    async () => {
      ollama.follow({ say: 'slowly, but well', afterSeconds: 12 });
      const { code, stdout, stderr } = await garvis.gcodex([...EXEC, 'think']);
      assert.equal(code, 0, stderr);
      assert.match(stdout, /slowly, but well/);
      await withImpatientRelay(garvis, async () => {
        ollama.follow({ say: 'too late', afterSeconds: 6 });
        says(
          checks,
          await run('docker', [
            'exec',
            await garvis.container('codex-cli'),
            'curl',
            '--silent',
            '--data',
            '{"messages":[]}',
            'http://host.docker.internal:11434/v1/chat/completions',
          ]),
          'silent for too long',
        );
      });
      await works();
    },
  );

  await checks.check(
    "10 an answer is huge: a tool's is cut or refused within its limit, and a model's does not bring codex down",
    async () => {
      const file = join(garvis.workspace, 'huge.txt');
      writeFileSync(file, 'a line of a huge file\n');
      truncateSync(file, 300 * 1024 * 1024);
      ollama.follow({ call: 'gateway__fs_read', args: { path: 'huge.txt' } }, { say: 'I saw a part.' });
      const tool = await garvis.gcodex([...EXEC, 'read it all']);
      assert.equal(tool.code, 0, tool.stderr);
      const [answer = ''] = ollama.toolResults;
      assert.ok(answer.length > 0 && answer.length < 600_000, `${answer.length} characters`);
      checks.note(`a file of 300 MiB gave the model ${answer.length} characters: ${answer.slice(0, 150)}`);
      // a part that looks like the whole would mislead the model
      assert.match(answer, /at most|truncated|314572800/);
      ollama.follow({ say: 'word '.repeat(1000), times: 2000 });
      const model = await garvis.gcodex([...EXEC, 'talk'], { timeout: 120 });
      assert.equal(model.code, 0, model.stderr.slice(-2000));
      assert.ok(
        model.stdout.split('word ').length > 2_000_000,
        `codex printed ${model.stdout.length} characters of 10,000,000`,
      );
      await healthy(garvis, 'host-relay');
      await works();
    },
  );
}

async function processesOf(id: string): Promise<string[]> {
  return (await must('docker', ['top', id, '-o', 'pid'])).split('\n').slice(1).map((line) => line.trim());
}

async function imageOf(id: string): Promise<string> {
  return must('docker', ['inspect', '--format', '{{.Config.Image}}', id]);
}

/** A gateway of its own whose log is on a file system of 256 KiB. */
async function onFullDisk(checks: Checks, garvis: Garvis): Promise<void> {
  const image = await imageOf(await garvis.container('mcp-gateway'));
  const name = `${garvis.project}-full-disk`;
  await must('docker', [
    'run',
    '--detach',
    '--name',
    name,
    '--read-only',
    '--cap-drop',
    'ALL',
    '--network',
    'none',
    '--init',
    '--env-file',
    garvis.secrets,
    '--volume',
    `${garvis.config('mcp-gateway', 'manifest.json').path}:/etc/mcp-gateway/manifest.json:ro`,
    '--volume',
    `${garvis.workspace}:/workspace:ro`,
    '--tmpfs',
    '/tmp',
    '--tmpfs',
    '/var/log/mcp-gateway:size=256k,uid=10001,gid=10001',
    image,
    'serve',
    '--manifest',
    '/etc/mcp-gateway/manifest.json',
  ]);
  try {
    const inside = async (script: string): Promise<string> =>
      must('docker', ['exec', name, 'node', '--input-type=module', '--eval', script]);
    const said = await inside(FILL_AND_CALL);
    says(checks, { stdout: said, stderr: '' }, '"isError":true', 'audit log');
    assert.doesNotMatch(said, /hello from the workspace/);
    assert.equal(await must('docker', ['inspect', '--format', '{{.State.Running}}', name]), 'true');
  } finally {
    await run('docker', ['rm', '--force', '--volumes', name]);
  }
}

/** Fills what is left of the log's disk, then calls a tool until an answer is no success. */
const FILL_AND_CALL = `
import { closeSync, openSync, writeSync } from "node:fs";
const url = "http://127.0.0.1:8811/mcp";
const headers = {
  "content-type": "application/json",
  accept: "application/json, text/event-stream",
  authorization: "Bearer " + process.env.GARVIS_MCP_TOKEN,
};
const send = async (body) => fetch(url, { method: "POST", headers, body: JSON.stringify({ jsonrpc: "2.0", ...body }) });
for (let n = 0; ; n += 1) {
  try {
    await fetch("http://127.0.0.1:8811/healthz");
    break;
  } catch (error) {
    if (n > 40) throw error;
    await new Promise((done) => setTimeout(done, 250));
  }
}
const clientInfo = { name: "e2e", version: "1" };
const hello = await send({
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo },
});
headers["mcp-session-id"] = hello.headers.get("mcp-session-id") ?? "";
await hello.text();
await send({ method: "notifications/initialized" });
const file = openSync("/var/log/mcp-gateway/filler", "w");
try { for (;;) writeSync(file, Buffer.alloc(512)); } catch { closeSync(file); }
let text = "";
for (let id = 2; id < 40; id += 1) {
  const params = { name: "fs_read", arguments: { path: "hello.txt" } };
  const answer = await send({ id, method: "tools/call", params });
  text = answer.status + " " + await answer.text();
  if (!text.includes("hello from the workspace")) break;
}
console.log(text.replace(/\\n/g, " "));
`;

/** The relay with a patience of two seconds, for a while. */
async function withImpatientRelay(garvis: Garvis, body: () => Promise<void>): Promise<void> {
  const { path, text } = garvis.config('host-relay', 'haproxy.cfg');
  const restart = async (config: string): Promise<void> => {
    writeFileSync(path, config);
    await garvis.mustCompose(['restart', '--no-deps', 'host-relay']);
    await healthy(garvis, 'host-relay');
  };
  try {
    await restart(text.replace(/timeout server \d+s/, 'timeout server 2s'));
    await body();
  } finally {
    await restart(text);
  }
}
