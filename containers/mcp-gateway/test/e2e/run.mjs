// Real clients against the bundle: the official client over HTTP, in both eras, and over standard input and output; and
// codex 0.42.0 through the bridge, led by a scripted model. What they did must stand in the audit log.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import sharp from 'sharp';
import { scriptedModel } from './scripted-model.mjs';

const CODEX = '@openai/codex@0.42.0';
const scratch = join('build', 'e2e');
const main = resolve('lib/main.mjs');
const folder = mkdtempSync(join(tmpdir(), 'e2e-'));

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function workspace() {
  const root = join(folder, 'workspace');
  mkdirSync(root);
  writeFileSync(join(root, 'hello.txt'), 'hello from the workspace\n');
  const png = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#0a0' } }).png().toBuffer();
  writeFileSync(join(root, 'page.md'), `# A page\n\n![a field](data:image/png;base64,${png.toString('base64')})\n`);
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    ['-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '-qm', 'the first commit'],
  ]) {
    assert.equal(spawnSync('git', args, { cwd: root }).status, 0, 'git prepares the workspace');
  }
  return root;
}

function manifestOf(name, root, port) {
  const limits = { timeoutMs: 10000, maxOutputBytes: 262144, callsPerMinute: 1000 };
  const common = { clients: ['codex'], paths: { allow: ['**'] }, limits };
  const file = join(folder, `${name}.json`);
  const audit = join(folder, `${name}.jsonl`);
  writeFileSync(
    file,
    JSON.stringify({
      schemaVersion: 1,
      name: 'toolbox',
      workspace: { root, access: 'read-only' },
      http: { host: '127.0.0.1', port, allowedHosts: ['mcp-gateway'], allowedOrigins: [] },
      audit: { path: audit },
      clients: [{ name: 'codex', tokenEnv: 'CODEX_TOKEN' }],
      tools: [
        { kind: 'file', name: 'read_file', operation: 'read', ...common },
        { kind: 'image', name: 'extract_images', operation: 'extract', ...common },
        {
          kind: 'command',
          name: 'git_log',
          description: 'The last commits.',
          argv: ['git', 'log', { parameter: 'count', prefix: '--max-count=' }],
          parameters: { count: { type: 'integer', minimum: 1, maximum: 50 } },
          gitHistory: true,
          ...common,
        },
      ],
    }),
  );
  return { file, audit };
}

const records = (audit) => readFileSync(audit, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const calls = (audit) =>
  records(audit)
    .filter(({ type }) => type === 'call')
    .map(({ client, tool, outcome, transport }) => ({ client, tool, outcome, transport }));

async function serve(manifest, token) {
  const child = spawn(process.execPath, [main, 'serve', '--manifest', manifest], {
    env: { PATH: process.env.PATH, CODEX_TOKEN_FILE: token },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let log = '';
  await new Promise((done, failed) => {
    child.stderr.on('data', (chunk) => {
      log += chunk;
      if (log.includes('"msg":"serving"')) done();
    });
    child.on('exit', (code) => failed(new Error(`the gateway ended with ${code}: ${log}`)));
  });
  return child;
}

async function useTools(client) {
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map(({ name }) => name), ['extract_images', 'git_log', 'read_file']);
  const text = await client.callTool({ name: 'read_file', arguments: { path: 'hello.txt' } });
  assert.match(JSON.stringify(text.content), /hello from the workspace/);
  const images = await client.callTool({ name: 'extract_images', arguments: { path: 'page.md' } });
  assert.ok(
    images.content.some(({ type, mimeType }) => type === 'image' && mimeType.startsWith('image/')),
    JSON.stringify(images).slice(0, 500),
  );
  const log = await client.callTool({ name: 'git_log', arguments: { count: 5 } });
  assert.match(JSON.stringify(log.content), /the first commit/);
  const outside = await client.callTool({ name: 'read_file', arguments: { path: '../../etc/passwd' } });
  assert.equal(outside.isError, true);
  await assert.rejects(client.callTool({ name: 'write_file', arguments: {} }), /-32602|Unknown tool/);
  await client.close();
}

const expected = (transport) => [
  ...['read_file', 'extract_images', 'git_log'].map((tool) => ({
    client: 'codex',
    tool,
    outcome: 'success',
    transport,
  })),
  ...['read_file', 'write_file'].map((tool) => ({ client: 'codex', tool, outcome: 'denied', transport })),
];

async function officialClient(root, tokenFile, token) {
  const port = await freePort();
  const { file, audit } = manifestOf('http', root, port);
  const gateway = await serve(file, tokenFile);
  for (const mode of ['legacy', 'auto']) {
    const before = calls(audit).length;
    const client = new Client({ name: 'e2e', version: '0' }, { versionNegotiation: { mode } });
    await client.connect(
      new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/mcp`), {
        requestInit: { headers: { Authorization: `Bearer ${token}` } },
      }),
    );
    const revision = client.getNegotiatedProtocolVersion?.();
    await useTools(client);
    assert.deepEqual(calls(audit).slice(before), expected('http'));
    console.log(`official client over HTTP, ${mode}${revision === undefined ? '' : ` (${revision})`}: ok`);
  }
  gateway.removeAllListeners('exit');
  gateway.kill('SIGTERM');
  assert.equal(await new Promise((done) => gateway.on('exit', done)), 0);

  const stdio = manifestOf('stdio', root, port);
  const client = new Client({ name: 'e2e', version: '0' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [main, 'stdio', '--manifest', stdio.file, '--log-level', 'warn'],
      env: { PATH: process.env.PATH },
    }),
  );
  await useTools(client);
  assert.deepEqual(calls(stdio.audit), expected('stdio'));
  console.log('official client over standard input and output: ok');
}

function installCodex() {
  const program = resolve(scratch, 'node_modules/.bin/codex');
  if (!existsSync(program)) {
    mkdirSync(scratch, { recursive: true });
    writeFileSync(join(scratch, 'package.json'), '{ "private": true }\n');
    assert.equal(
      spawnSync('npm', ['install', '--no-audit', '--no-fund', CODEX], { cwd: scratch, stdio: 'inherit' }).status,
      0,
      'codex is installed',
    );
  }
  return program;
}

async function codex(root, tokenFile) {
  const program = installCodex();
  const port = await freePort();
  const { file, audit } = manifestOf('codex', root, port);
  const gateway = await serve(file, tokenFile);
  const model = await scriptedModel([
    { name: 'gateway__read_file', args: { path: 'hello.txt' } },
    { name: 'gateway__extract_images', args: { path: 'page.md' } },
    { name: 'gateway__git_log', args: { count: 1 } },
  ]);
  const home = join(folder, 'codex-home');
  mkdirSync(home);
  writeFileSync(join(home, 'config.toml'), `
model = "scripted"
model_provider = "scripted"
approval_policy = "never"

[model_providers.scripted]
name = "Scripted"
base_url = "${model.url}"
wire_api = "chat"
request_max_retries = 0
stream_max_retries = 0

[mcp_servers.gateway]
command = "${process.execPath}"
args = ["${resolve('lib/bridge.mjs')}", "--url", "http://127.0.0.1:${port}/mcp", "--token-file", "${tokenFile}"]
startup_timeout_sec = 20
`);
  const run = spawn(program, ['exec', '--skip-git-repo-check', '--experimental-json', 'follow the script'], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: home, CODEX_HOME: home, RUST_LOG: 'off' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  run.stdout.on('data', (chunk) => (output += chunk));
  run.stderr.on('data', (chunk) => (output += chunk));
  const limit = setTimeout(() => run.kill('SIGKILL'), 90_000);
  await new Promise((done) => run.on('close', done));
  clearTimeout(limit);
  const answers = (model.requests.at(-1)?.messages ?? [])
    .filter(({ role }) => role === 'tool')
    .map(({ content }) => JSON.stringify(content));
  assert.equal(answers.length, 3, output.slice(-3000));
  assert.match(answers[0], /hello from the workspace/);
  assert.match(answers[2], /the first commit/);
  assert.deepEqual(
    calls(audit),
    ['read_file', 'extract_images', 'git_log'].map((tool) => ({
      client: 'codex',
      tool,
      outcome: 'success',
      transport: 'http',
    })),
  );
  gateway.removeAllListeners('exit');
  gateway.kill('SIGTERM');
  model.close();
  await new Promise((done) => gateway.on('exit', done));
  const verified = spawnSync(process.execPath, [main, 'audit', 'verify', audit], { encoding: 'utf8' });
  assert.equal(verified.status, 0, verified.stdout);
  console.log(
    `codex 0.42.0 through the bridge, led by a scripted model: ok\n  ${verified.stdout.trim().split('\n').at(-1)}`,
  );
}

const root = await workspace();
const token = randomBytes(32).toString('base64url');
const tokenFile = join(folder, 'token');
writeFileSync(tokenFile, token, { mode: 0o400 });
await officialClient(root, tokenFile, token);
await codex(root, tokenFile);
process.exit(0);
