import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const CODEX_CLI = join(__dirname, '..', '..', 'containers', 'codex-cli');
const ESCAPES = '\u001b]0;title\u0007\u009b2J\u202e';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  writeFileSync(join(folder, 'config.toml'), 'model_provider = "x"\n\n[mcp_servers.gateway]\ncommand = "node"\n');
  copyFileSync(join(__dirname, 'fake-codex.mjs'), join(folder, 'fake-codex.mjs'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Negotiates with a codex that says something before and after what it says otherwise. */
function negotiate(said: string, args: string[]): { code: number | null; stdout: string; stderr: string } {
  writeFileSync(join(folder, 'said'), said);
  writeFileSync(
    join(folder, 'codex'),
    `#!/bin/sh\ncat '${folder}/said'\n'${process.execPath}' '${folder}/fake-codex.mjs' "$@"\ncat '${folder}/said'\n`,
  );
  chmodSync(join(folder, 'codex'), 0o755);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(CODEX_CLI, 'negotiate', 'main.mjs'), '--profile', 'p', '--tool', 'fs_read', ...args],
    {
      env: { PATH: `${folder}${delimiter}${process.env.PATH}`, CODEX_HOME: folder, FAKE_TOOLS: '["gateway__fs_read"]' },
      encoding: 'utf8',
    },
  );
  return { code: status, stdout, stderr };
}

test.each(['{"msg":{"type":"err\n', '{not json}\n', '{}\n{"item":null}\n'])(
  'a report that was cut short is passed over: %j',
  (said) => {
    expect(negotiate(said, [])).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('fs_read is offered as gateway__fs_read'),
    });
  },
);

test('what a tool answers does not drive the terminal, and is whole as JSON', () => {
  const call = ['--call', JSON.stringify({ path: 'two\nlines' }).replace('two', `${ESCAPES}two`)];
  const { stdout } = negotiate(
    '',
    call.map((word) =>
      word.replace(/[\u0000-\u001f\u007f-\u009f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ),
  );
  expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  expect(stdout).toContain('\\u202e');
});

test('with-answer removes an earlier answer, however it is called', () => {
  writeFileSync(join(folder, '-answer'), 'old');
  const { status } = spawnSync(join(CODEX_CLI, 'bin', 'with-answer'), ['-answer', 'true'], { cwd: folder });
  expect(status).toBe(81);
});
