import { existsSync, readFileSync, statSync } from 'node:fs';
import { main } from '../../src/cli/main';
import { inProject } from '../import/support';

const COMPOSE = `
services:
  web:
    image: caddy:2.8.4
    environment:
      ADMIN_PASSWORD: hunter2-Kq8
`;

/** Runs the command in a folder with these files. */
async function run(files: Readonly<Record<string, string>>, ...argv: string[]) {
  let out = '';
  let err = '';
  const terminal = {
    outColor: false,
    errColor: false,
    errIsScreen: false,
    out: (text: string) => { out += text; },
    err: (text: string) => { err += text; },
  };
  return inProject(files, async (root) => {
    const code = await main(['import', ...argv], terminal);
    const has = (path: string) => existsSync(`${root}/${path}`);
    const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8');
    return { code, out, err, has, read, mode: (path: string) => statSync(`${root}/${path}`).mode % 0o1000 };
  });
}

test('writes the model, and secrets into a file of their own that git ignores', async () => {
  const { code, out, read, mode } = await run({ 'compose.yaml': COMPOSE, '.gitignore': 'dist/tmp' }, 'compose.yaml');
  expect(code).toBe(0);
  expect(out).toContain('wrote src/main.ts');
  expect(out).not.toContain('hunter2-Kq8');
  expect(read('.env.local')).toContain('ADMIN_PASSWORD=hunter2-Kq8');
  expect(mode('.env.local')).toBe(0o600);
  expect(read('.gitignore')).toBe('dist/tmp\n.env.local\n');
});

test('does not replace a file of the project', async () => {
  const files = { 'compose.yaml': COMPOSE, 'src/main.ts': 'mine' };
  const { code, err, read, has } = await run(files, 'compose.yaml');
  expect([code, read('src/main.ts'), has('IMPORT.md')]).toEqual([1, 'mine', false]);
  expect(err).toContain('"src/main.ts" exists.');
  const forced = await run(files, 'compose.yaml', '--force');
  expect([forced.code, forced.read('src/main.ts') === 'mine']).toEqual([0, false]);
});

test('with --check, writes nothing and reports each key as JSON', async () => {
  const { code, out, has } = await run({ 'compose.yaml': COMPOSE }, 'compose.yaml', '--check', '--json');
  const { schemaVersion, keys, written } = JSON.parse(out) as {
    schemaVersion: number;
    keys: object[];
    written: object[];
  };
  expect([code, schemaVersion, written, has('src')]).toEqual([0, 1, [], false]);
  expect(keys).toContainEqual(expect.objectContaining({ key: 'services.web.image', place: 'compose.yaml:4' }));
});

test.each([
  ['a tab', 'services:\n\tweb: {}\n', 'compose.yaml:2'],
  ['no mapping', '- a\n', 'mapping'],
  ['control characters', 'services: { web: { image: "a\\u0007" } }\n', 'control character'],
  ['an anchor bomb', bomb(), 'aliases are resolved'],
  ['a file elsewhere', 'include: [../../etc/passwd]\n', 'outside'],
])('refuses %s with a clear error, and writes nothing', async (_, text, message) => {
  const { code, err, has } = await run({ 'compose.yaml': text }, 'compose.yaml');
  expect([code, has('src')]).toEqual([1, false]);
  expect(err).toContain(message);
  expect(err).not.toContain('unexpected');
});

function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, index) =>
    `x-${index + 1}: &a${index + 1} [${Array(9).fill(index === 0 ? 'lol' : `*a${index}`).join(', ')}]`);
  return `${levels.join('\n')}\nservices: {}\n`;
}

test.each([
  ['a command', "command: ['serve', '--password=hunter2-Kq8']"],
  ['a label', 'labels: { DB_PASSWORD: hunter2-Kq8 }'],
  ['a health check', "healthcheck: { test: ['CMD', 'redis-cli', '-a', 'hunter2-Kq8', 'ping'] }"],
  ['an argument of a build', 'build: { context: ., args: { API_TOKEN: hunter2-Kq8 } }'],
  ['a setting that no property has', 'logging: { driver: splunk, options: { splunk-token: hunter2-Kq8 } }'],
])('refuses a secret in %s, and writes nothing', async (_, line) => {
  const source = `services:\n  web:\n    image: caddy:2.8.4\n    ${line}\n`;
  const { code, out, err, has } = await run({ 'compose.yaml': source }, 'compose.yaml');
  expect([code, has('src'), has('IMPORT.md'), has('.env.local')]).toEqual([1, false, false, false]);
  expect(err).toMatch(/^error import-source {2}compose\.yaml:\d+/);
  expect(err).toContain('set NAME in .env, and import again');
  expect(`${out}${err}`).not.toContain('hunter2');
});
