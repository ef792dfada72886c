import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const PROGRAM = join(__dirname, '..', '..', 'containers', 'codex-cli', 'negotiate', 'main.mjs');
const CONFIG =
  'model_provider = "garvis-ollama"\n\n[model_providers.garvis-ollama]\nbase_url = "http://x/v1"\n\n[mcp_servers.gateway]\ncommand = "node"\n';
const TOOLS = { FAKE_TOOLS: '["shell","gateway__fs_read","gateway__fs_list"]' };
const DOWN = 'MCP client for `gateway` failed to start: request timed out';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'negotiate-'));
  writeFileSync(join(folder, 'config.toml'), CONFIG);
  // node finds out what it is by its name only
  copyFileSync(join(__dirname, 'fake-codex.mjs'), join(folder, 'fake-codex.mjs'));
  writeFileSync(
    join(folder, 'codex'),
    `#!/bin/sh\nexec '${process.execPath}' '${join(folder, 'fake-codex.mjs')}' "$@"\n`,
  );
  chmodSync(join(folder, 'codex'), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true }));

function negotiate(
  args: string[],
  env: Record<string, string> = TOOLS,
): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, '--profile', 'garvis', ...args], {
    env: { PATH: `${folder}${delimiter}${process.env.PATH}`, CODEX_HOME: folder, ...env },
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

test('a tool is found by the gateway\'s name for it', () => {
  const { code, stdout } = negotiate(['--tool', 'fs_read']);
  expect(code).toBe(0);
  expect(stdout).toBe(
    'fs_read is offered as gateway__fs_read\n  description: What gateway__fs_read does\n  schema: {"required":["path"]}\n',
  );
});

test('a tool is found by the name that the model sees', () => {
  expect(JSON.parse(negotiate(['--tool', 'gateway__fs_read', '--json']).stdout)).toEqual({
    offered: true,
    tool: 'gateway__fs_read',
    name: 'gateway__fs_read',
    server: 'gateway',
    description: 'What gateway__fs_read does',
    schema: { required: ['path'] },
  });
});

test('a call comes back with its result', () => {
  const { code, stdout } = negotiate(['--tool', 'fs_read', '--call', '{"path":"a"}', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).call).toEqual({
    arguments: { path: 'a' },
    ok: true,
    result: 'gateway__fs_read got {"path":"a"}',
  });
});

test('fails with 79 when the tool is not offered, and names those that are', () => {
  expect(negotiate(['--tool', 'fs_write'])).toMatchObject({
    code: 79,
    stderr: 'fs_write is not offered. Offered are: fs_list, fs_read.\n',
  });
});

test('a tool of codex is not taken for one of the gateway', () => {
  expect(negotiate(['--tool', 'fs_read'], { FAKE_TOOLS: '["shell"]' })).toMatchObject({
    code: 78,
    stderr: expect.stringContaining('no tool of a server is offered'),
  });
});

test('fails with 78 when the gateway is down', () => {
  expect(negotiate(['--tool', 'fs_read'], { FAKE_TOOLS: '["shell"]', FAKE_ERROR: DOWN })).toMatchObject({
    code: 78,
    stderr: expect.stringContaining(DOWN),
  });
});

test('fails with 78 when the gateway does not take the token, and says why that may be', () => {
  const error = 'MCP client for `gateway` failed to start: A valid bearer token is needed';
  expect(negotiate(['--tool', 'fs_read'], { FAKE_TOOLS: '["shell"]', FAKE_ERROR: error })).toMatchObject({
    code: 78, stderr: expect.stringContaining('up --force-recreate'),
  });
});

test('fails with 80 when the call is refused, and says what the schema asks for', () => {
  const { code, stderr } = negotiate(['--tool', 'fs_read', '--call', '{"pth":"a"}'], {
    ...TOOLS,
    FAKE_CALL_FAILS: 'yes',
  });
  expect({ code, stderr }).toEqual({
    code: 80,
    stderr: 'The call was refused or failed: not allowed. The schema asks for path.\n',
  });
});

test.each([
  ['{"path":', 'is not JSON'],
  ['[1]', 'not an object'],
  ['null', 'not an object'],
])('fails with 80 for the call %s', (call, sentence) => {
  expect(negotiate(['--tool', 'fs_read', '--call', call])).toMatchObject({
    code: 80,
    stderr: expect.stringContaining(sentence),
  });
});

test('fails with 82 when codex cannot run as configured', () => {
  expect(negotiate(['--tool', 'fs_read'], { FAKE_SILENT: 'yes' })).toMatchObject({
    code: 82,
    stderr: expect.stringContaining('config profile `nope` not found'),
  });
  rmSync(join(folder, 'config.toml'));
  expect(negotiate(['--tool', 'fs_read'])).toMatchObject({
    code: 82,
    stderr: expect.stringContaining('cannot be read (ENOENT)'),
  });
});

test.each([[[]], [['--tool', 'x', '--surprise']]])('fails with 64 for %j', (args) => {
  expect(negotiate(args)).toMatchObject({ code: 64, stderr: expect.stringContaining('toolbox-negotiate:') });
});
