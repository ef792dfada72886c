import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder, put, removeFolders, ROOT, runTypeScript } from './support';

jest.setTimeout(60_000);
afterEach(removeFolders);

const CACHE = 'node_modules/.cache/toolbox-constructs/ts';
const SPY =
  'process.on("exit", () => console.log(Object.keys(require.cache).some((file) => /node_modules.(typescript|ts-node)./.test(file)) ? "compiler" : "no compiler"));';

/** A project with the compiler within reach. */
function aProject(main: string): string {
  const root = aFolder();
  mkdirSync(join(root, 'node_modules'));
  ['typescript', 'ts-node'].forEach((name) =>
    symlinkSync(join(ROOT, 'node_modules', name), join(root, 'node_modules', name)),
  );
  put(root, 'main.ts', main);
  return root;
}

const PACK = join(CACHE, 'code.pack');

/** Source maps are kept for each text that was compiled. */
function compilations(root: string): number {
  return readdirSync(join(root, CACHE)).filter((name) => name.endsWith('.map')).length;
}

test('a second run loads neither ts-node nor TypeScript', () => {
  const root = aProject(`const x: number = 1;\n${SPY}\nconsole.log(x);`);
  expect(runTypeScript(root, 'main.ts').out).toBe('1\ncompiler\n');
  expect(runTypeScript(root, 'main.ts').out).toBe('1\nno compiler\n');
});

test('a changed source is compiled again', () => {
  const root = aProject('console.log(1 as number);');
  runTypeScript(root, 'main.ts');
  put(root, 'main.ts', 'console.log(2 as number);');
  expect(runTypeScript(root, 'main.ts').out).toBe('2\n');
  expect(compilations(root)).toBe(2);
});

test('programs of one project keep what they load in one cache', () => {
  const root = aProject('console.log(require("./shared").name);');
  put(root, 'other.ts', 'console.log(require("./shared").name, 2);');
  put(root, 'shared.ts', 'export const name: string = "shared";');
  runTypeScript(root, 'main.ts');
  runTypeScript(root, 'other.ts');
  put(root, 'main.ts', `${SPY}\nconsole.log(require("./shared").name, require("./other"));`);
  runTypeScript(root, 'main.ts');
  expect(runTypeScript(root, 'main.ts').out).toBe('shared 2\nshared {}\nno compiler\n');
  expect(compilations(root)).toBe(4);
});

test('the same source gives the same cache wherever the project is', () => {
  const [one, other] = ['console.log(1 as number);', 'console.log(1 as number);'].map(aProject);
  [one, other].forEach((root) => runTypeScript(root, 'main.ts'));
  expect(readdirSync(join(one, CACHE))).toEqual(readdirSync(join(other, CACHE)));
  expect(readFileSync(join(one, PACK))).toEqual(readFileSync(join(other, PACK)));
});

test.each([
  ['cut', (text: string) => text.slice(0, -3)],
  ['changed', (text: string) => text.replace('console', 'konsole')],
  ['empty', () => ''],
])('a damaged cache (%s) is noticed and made again', (_, damage) => {
  const root = aProject('console.log(1 as number);');
  runTypeScript(root, 'main.ts');
  const whole = readFileSync(join(root, PACK), 'utf8');
  put(root, PACK, damage(whole));
  expect(runTypeScript(root, 'main.ts')).toEqual({ code: 0, out: '1\n', err: '' });
  expect(readFileSync(join(root, PACK), 'utf8')).toBe(whole);
});

test('a cache that cannot be written is skipped', () => {
  const root = aProject('console.log(1 as number);');
  put(root, 'node_modules/.cache', 'a file in place of the folder');
  expect(runTypeScript(root, 'main.ts')).toEqual({ code: 0, out: '1\n', err: '' });
  const readOnly = aProject('console.log(1 as number);');
  chmodSync(join(readOnly, 'node_modules'), 0o555);
  expect(runTypeScript(readOnly, 'main.ts')).toEqual({ code: 0, out: '1\n', err: '' });
});

test('no file is left half written beside the entries', () => {
  const root = aProject('import "./other";');
  put(root, 'other.ts', 'export {};');
  runTypeScript(root, 'main.ts');
  expect(
    readdirSync(join(root, CACHE))
      .map((name) => name.replace(/^[0-9a-f]{64}/, ''))
      .sort(),
  ).toEqual(['.map', '.map', 'code.pack']);
});

test.each(['first', 'second'])('an error names the line of the TypeScript file, in the %s run', (run) => {
  const root = aProject(
    'interface Gone {\n  readonly a: string;\n}\n\nfunction f(x: Gone): never {\n  throw new Error(x.a);\n}\nf({ a: "boom" });\n',
  );
  if (run === 'second') { runTypeScript(root, 'main.ts'); }
  const { code, err } = runTypeScript(root, 'main.ts');
  expect(code).toBe(1);
  expect(err).toContain(`Error: boom\n    at f (${join(root, 'main.ts')}:6:9)\n`);
  expect(err).toContain(`${join(root, 'main.ts')}:8:1)`);
});

test.each(['first', 'second'])('positions can be mapped back when somebody asks, in the %s run', (run) => {
  const ask = '(globalThis as any)[Symbol.for("toolbox-constructs.mapPosition")]';
  const root = aProject(
    `interface Gone {\n  readonly a: string;\n}\nconst stack = new Error().stack!.split("\\n")[1];\nconst [, line, column] = /:(\\d+):(\\d+)/.exec(stack)!;\nconsole.log(JSON.stringify([${ask}(__filename, +line, +column), ${ask}("/elsewhere.ts", 1, 1) ?? null]));`,
  );
  if (run === 'second') { runTypeScript(root, 'main.ts'); }
  expect(JSON.parse(runTypeScript(root, 'main.ts').out)).toEqual([{ line: 4, column: 15 }, null]);
});

test('fails on wrong syntax with each place and no stack', () => {
  const root = aProject('import "./bad";');
  put(root, 'bad.ts', 'const x: = 3;\nlet y = (;\n');
  const { code, out, err } = runTypeScript(root, 'main.ts');
  expect({ code, out, err }).toEqual({
    code: 1,
    out: '',
    err: 'bad.ts:1:10 error TS1110: Type expected.\nbad.ts:2:10 error TS1109: Expression expected.\n',
  });
});

test('an error of syntax can be caught', () => {
  const root = aProject('try { require("./bad"); } catch (error) { console.log((error as Error).name); }');
  put(root, 'bad.ts', 'const x: = 3;');
  expect(runTypeScript(root, 'main.ts')).toEqual({ code: 0, out: 'SyntaxError\n', err: '' });
});

test('sources of dependencies are not touched', () => {
  const root = aProject(
    'try {\n  console.log(require("dependency/plain.ts"));\n} catch {\n  console.log("refused by a newer Node");\n}',
  );
  put(root, 'node_modules/dependency/plain.ts', 'module.exports = "as it is";');
  expect(runTypeScript(root, 'main.ts').out).toMatch(/^(as it is|refused by a newer Node)\n$/);
  expect(compilations(root)).toBe(1);
});

test('a TypeScript file requires its own kind first, and reaches folders, links and other kinds as Node does', () => {
  const root = aProject(
    ['./one', './folder', './linked', './data', './upper/../one'].map((name) => `console.log(require("${name}").name);`).join('\n'),
  );
  put(root, 'one.ts', 'export const name: string = "one";');
  put(root, 'one.js', 'exports.name = "left over from another build";');
  put(root, 'folder/index.ts', 'export const name: string = "folder";');
  put(root, 'real/linked.ts', 'export const name: string = __filename.includes("real") ? "real" : "link";');
  symlinkSync(join(root, 'real', 'linked.ts'), join(root, 'linked.ts'));
  put(root, 'data.json', '{"name": "data"}');
  expect(runTypeScript(root, 'main.ts')).toEqual({ code: 0, out: 'one\nfolder\nreal\ndata\none\n', err: '' });
});
