import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder, put, removeFolders, Result, runTypeScript } from './support';

jest.setTimeout(60_000);
afterEach(removeFolders);

const CACHE = 'node_modules/.cache/toolbox-constructs/v8';

function aProject(files: Readonly<Record<string, string>>): string {
  const root = aFolder();
  mkdirSync(join(root, 'node_modules'));
  // no compiler is within reach of plain JavaScript, and none is needed
  Object.entries(files).forEach(([path, text]) => put(root, path, text));
  return root;
}

function run(root: string, env: NodeJS.ProcessEnv = {}): Result {
  return runTypeScript(root, 'main.js', { NODE_V8_COVERAGE: '', ...env });
}

/** Every file of the cache with its time and size; Node's own cache has folders. */
function cached(root: string): string[] {
  return readdirSync(join(root, CACHE), { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(root, CACHE, path)).isFile())
    .map((path) => join(root, CACHE, path));
}

const PROJECT = {
  'main.js':
    '#!/usr/bin/env node\nconst { add } = require("dep");\nconsole.log(add(1, 2), require.main === module, require.resolve("./main.js") === __filename, require.resolve.paths("x").length > 0);',
  'node_modules/dep/index.js': 'exports.add = (a, b) => a + b;',
};

test('a second run gives the same, from the cache', () => {
  const root = aProject(PROJECT);
  const first = run(root);
  expect(first).toEqual({ code: 0, out: '3 true true true\n', err: '' });
  const before = cached(root);
  expect(before.length).toBeGreaterThan(0);
  expect(run(root)).toEqual(first);
  expect(cached(root)).toEqual(before);
});

test('a changed text is never run from the cache, even with the same length and time', () => {
  const root = aProject(PROJECT);
  run(root);
  const file = join(root, 'node_modules/dep/index.js');
  const { atime, mtime } = statSync(file);
  writeFileSync(file, PROJECT['node_modules/dep/index.js'].replace('+', '*'));
  utimesSync(file, atime, mtime);
  expect(run(root).out).toBe('2 true true true\n');
});

test('a damaged cache is noticed', () => {
  const root = aProject(PROJECT);
  run(root);
  for (const file of cached(root)) {
    const bytes = readFileSync(file);
    bytes.fill(0x41, Math.floor(bytes.length / 2));
    writeFileSync(file, bytes);
  }
  expect(run(root).out).toBe('3 true true true\n');
  cached(root).forEach((file) => writeFileSync(file, ''));
  expect(run(root).out).toBe('3 true true true\n');
});

test('a cache that cannot be written is no reason to fail', () => {
  const root = aProject(PROJECT);
  put(root, 'node_modules/.cache', 'a file where the folder is due');
  expect(run(root)).toEqual({ code: 0, out: '3 true true true\n', err: '' });
});

test('errors keep their place, and wrong syntax its words', () => {
  const root = aProject({ 'main.js': 'throw new Error("here");' });
  run(root);
  expect(run(root).err).toContain(`${join(root, 'main.js')}:1:7)`);
  put(root, 'main.js', 'const x = ;');
  expect(run(root).err).toContain('SyntaxError: Unexpected token \';\'');
});

test('import() works from cached code', () => {
  const root = aProject({
    'main.js': 'import("./other.mjs").then(({ text }) => console.log(text));',
    'other.mjs': 'export const text = "imported";',
  });
  run(root);
  expect(run(root)).toEqual({ code: 0, out: 'imported\n', err: '' });
});

test('it can be switched off as Node\'s own', () => {
  const root = aProject(PROJECT);
  expect(run(root, { NODE_DISABLE_COMPILE_CACHE: '1' }).out).toBe('3 true true true\n');
  expect(readdirSync(join(root, 'node_modules'))).toEqual(['dep']);
});
