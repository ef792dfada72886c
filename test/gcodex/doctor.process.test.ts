import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FakeToolbox } from './support';

let toolbox: FakeToolbox;
beforeEach(() => {
  toolbox = new FakeToolbox();
});
afterEach(() => toolbox.remove());

/** Puts a Node.js in the PATH that prints where it runs and what it is given. */
function withNode(exit = 0): void {
  mkdirSync(join(toolbox.root, 'node_modules'));
  writeFileSync(join(toolbox.root, 'path', 'node'), `#!/bin/sh\npwd\nprintf '%s\\n' "$@"\nexit ${exit}\n`, {
    mode: 0o755,
  });
}

test('toolbox doctor makes the checks, in the folder of the toolbox, and its exit code is kept', () => {
  withNode(1);
  const { code, stdout } = toolbox.run(['--doctor', '--json', 'gateway'], { cwd: '/' });
  expect({ code, lines: stdout.trim().split('\n') }).toEqual({
    code: 1,
    lines: [toolbox.root, join(toolbox.root, 'bin', 'toolbox'), 'doctor', '--json', 'gateway'],
  });
});

test('the compose file of the environment is handed on, relative to where gcodex is called', () => {
  withNode();
  const { stdout } = toolbox.run(['--doctor'], {
    cwd: join(toolbox.root, 'dist'),
    env: { TOOLBOX_COMPOSE_FILE: 'compose/docker-compose.draft.yml' },
  });
  expect(stdout.trim().split('\n').slice(2)).toEqual(['doctor', '--compose-file', toolbox.draft]);
});

test('no engine is needed to begin with', () => {
  withNode();
  toolbox.withoutDocker();
  expect(toolbox.run(['--doctor']).code).toBe(0);
});

test('without Node.js or the packages, it says what is missing', () => {
  expect(toolbox.run(['--doctor'])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/Node\.js is not installed[^]*npm ci/),
  });
  writeFileSync(join(toolbox.root, 'path', 'node'), '#!/bin/sh\n', { mode: 0o755 });
  expect(toolbox.run(['--doctor'])).toMatchObject({ code: 1, stderr: expect.stringMatching(/packages[^]*npm ci/) });
});

test('the real one answers', () => {
  const program = join(__dirname, '..', '..', 'bin', 'gcodex');
  const { stdout } = spawnSync(program, ['--doctor', '--offline', '--json', 'node', 'files'], {
    cwd: '/',
    encoding: 'utf8',
    timeout: 120_000,
  });
  const { checks } = JSON.parse(stdout) as { checks: { name: string; status: string }[] };
  expect(checks.map(({ name, status }) => `${name} ${status}`)).toEqual(
    expect.arrayContaining(['node ok', 'files ok']),
  );
}, 120_000);
