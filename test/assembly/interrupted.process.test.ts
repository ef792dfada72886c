import { spawnSync } from 'node:child_process';
import fs, { cpSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder, files, put, removeFolders, SOURCE, treeOf } from './support';
import { checkOutput } from '../../src/assembly/check-output';
import { sha256 } from '../../src/assembly/private/manifest';
import { writeOutput, WriteResult } from '../../src/assembly/write-output';

jest.setTimeout(300_000);
beforeAll(() => void jest.spyOn(fs, 'fsyncSync').mockImplementation(() => undefined));
afterEach(removeFolders);

const options = { source: SOURCE, label: 'dist' };
const OLD = files({
  'same.yaml': 'same',
  'changed.yaml': 'old',
  'deep/changed.json': '{"old":true}',
  'gone/a.yaml': 'a',
  'gone/b.yaml': 'b',
  'turns': 'file',
  'flat/x': 'x',
});
const NEW = files({
  'same.yaml': 'same',
  'changed.yaml': 'new',
  'deep/changed.json': '{"new":true}',
  'fresh/er/c.yaml': 'c',
  'turns/into': 'folder',
  'flat': 'file',
  'link.yaml': 'no link',
});

const OTHER = files({ 'gone': 'now a file', 'deep/changed.json': '{"other":true}' });

interface Run {
  readonly count: number;
  readonly result: WriteResult;
}

/** An old tree with a foreign file and a link in place of a generated file. */
function aProject(): string {
  const root = aFolder();
  const outdir = join(root, 'dist');
  writeOutput(outdir, OLD, options);
  put(outdir, 'notes.txt', 'mine');
  put(root, 'target.txt', 'untouched');
  symlinkSync('../target.txt', join(outdir, 'link.yaml'));
  return outdir;
}

/** Writes the new files in a process of its own, with a fault at the given change of the disk. */
function run(fault: string, ...runs: readonly (readonly [outdir: string, at: number])[]): Run[] | 'killed' {
  const filesFile = join(aFolder(), 'files.json');
  writeFileSync(filesFile, JSON.stringify({ files: NEW }));
  const script = join(__dirname, 'fixtures', 'faulty-writer.js');
  const { stdout, stderr, signal } = spawnSync(
    process.execPath,
    [script, fault, filesFile, ...runs.flat().map(String)],
    { encoding: 'utf8' },
  );
  if (signal === 'SIGKILL') { return 'killed'; }
  if (stderr !== '') { throw new Error(stderr); }
  return JSON.parse(stdout) as Run[];
}

type Tree = Record<string, string>;

/** The tree before and after a run, and the number of changes of the disk in between. */
function measure(): { readonly old: Tree; readonly fresh: Tree; readonly steps: number } {
  const outdir = aProject();
  const old = treeOf(outdir);
  const [{ count, result }] = run('none', [outdir, Infinity]) as Run[];
  expect(result.findings).toEqual([]);
  expect(count).toBeGreaterThan(30);
  return { old, fresh: treeOf(outdir), steps: count };
}

/** What a run without interruption makes of a project, by the files that it is given. */
function written(given: typeof NEW): Tree {
  const outdir = aProject();
  expect(writeOutput(outdir, given, options).findings).toEqual([]);
  return treeOf(outdir);
}

/** No file is half-written: each has its old or its new text. Temporary files and the lock may be left. */
function expectWholeFiles(outdir: string, at: number, { old, fresh }: ReturnType<typeof measure>): void {
  for (const [path, text] of Object.entries(treeOf(outdir))) {
    if (path !== 'manifest.json' && !path.startsWith('.toolbox-') && !path.endsWith('/')) {
      expect({ at, path, isWhole: [old[path], fresh[path]].includes(text) }).toEqual({ at, path, isWhole: true });
    }
  }
  expect(treeOf(join(outdir, '..'))['target.txt']).toBe('untouched');
}

/** A copy of a project, links included. */
function copyOf(outdir: string): string {
  const root = aFolder();
  cpSync(join(outdir, '..'), root, { recursive: true, verbatimSymlinks: true });
  return join(root, 'dist');
}

test('after a kill at any write, or in the middle of one, files are whole and the next synth is right', () => {
  const trees = measure();
  // back to the old model, on to the new one, or to a third one
  const nexts = [OLD, NEW, OTHER].map((given) => ({ given, tree: written(given) }));
  const seen = { interrupted: 0, whole: 0 };
  for (let at = 1; at <= trees.steps; at++) {
    const outdir = aProject();
    expect(run('kill', [outdir, at])).toBe('killed');
    expectWholeFiles(outdir, at, trees);
    const { findings, drift } = checkOutput(outdir, NEW, options);
    if (findings.length > 0) {
      expect(findings).toMatchObject([{ rule: 'output-interrupted' }]);
      seen.interrupted += 1;
    } else {
      expect({ at, tree: withoutLeftovers(treeOf(outdir)) }).toEqual({
        at,
        tree: drift.length === 0 ? trees.fresh : trees.old,
      });
      seen.whole += 1;
    }
    for (const { given, tree } of nexts) {
      const copy = copyOf(outdir);
      expect(writeOutput(copy, given, options).findings).toEqual([]);
      const { 'link.yaml': link, ...rest } = treeOf(copy);
      const { 'link.yaml': _, ...others } = tree;
      expect({ at, tree: rest }).toEqual({ at, tree: others });
      // once the new model has replaced the link, another model has no file there
      expect(given === NEW ? ['no link\n'] : ['-> ../target.txt', undefined]).toContain(link);
    }
  }
  expect(seen.interrupted).toBeGreaterThan(10);
  expect(seen.whole).toBeGreaterThan(10);
});

function withoutLeftovers(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !path.startsWith('.toolbox-')));
}

test('a run that is killed while it completes a killed one is completed as well', () => {
  const trees = measure();
  for (let at = trees.steps - 16; at <= trees.steps; at += 4) {
    const outdir = aProject();
    run('kill', [outdir, at]);
    for (let again = 2; again < 14; again += 4) { run('kill', [outdir, again]); }
    expectWholeFiles(outdir, at, trees);
    expect(writeOutput(outdir, NEW, options).findings).toEqual([]);
    expect({ at, tree: treeOf(outdir) }).toEqual({ at, tree: trees.fresh });
  }
});

/** A project whose synth was killed between two renames. */
function interrupted(): string {
  const { steps } = measure();
  for (let at = steps; at > 0; at--) {
    const outdir = aProject();
    run('kill', [outdir, at]);
    const tree = treeOf(outdir);
    if (tree['changed.yaml'] === 'new\n' && tree['deep/changed.json'] === '{"old":true}\n') { return outdir; }
  }
  throw new Error('no kill came between the renames');
}

test('check names an interrupted run and changes nothing', () => {
  const outdir = interrupted();
  const before = treeOf(outdir);
  const { findings, drift } = checkOutput(outdir, NEW, options);
  expect(findings).toMatchObject([{ rule: 'output-interrupted', fix: expect.stringContaining('synth" again') }]);
  expect(drift.map(({ path }) => path)).toContain('deep/changed.json');
  expect(treeOf(outdir)).toEqual(before);
});

describe('after an interrupted run, what a person puts in place is refused and stays:', () => {
  test.each([
    ['a file that the run would have written', 'fresh/er/c.yaml'],
    ['a file that the run would have replaced', 'deep/changed.json'],
    ['a file that the run has replaced', 'changed.yaml'],
  ])('%s', (_, path) => {
    const outdir = interrupted();
    put(outdir, path, 'by hand\n');
    const before = treeOf(outdir);
    expect(writeOutput(outdir, NEW, options).findings).toMatchObject([
      { rule: 'output-foreign', message: expect.stringContaining(`"dist/${path}" was changed after a synth`) },
    ]);
    expect(treeOf(outdir)).toEqual(before);
  });

  test('a file that is no longer generated', () => {
    const outdir = interrupted();
    put(outdir, 'changed.yaml', 'by hand\n');
    expect(writeOutput(outdir, OTHER, options).findings).toMatchObject([{ rule: 'output-kept', severity: 'warning' }]);
    expect(treeOf(outdir)).toMatchObject({ 'changed.yaml': 'by hand\n', 'gone': 'now a file\n' });
  });
});

test.each([
  ['a path that leads out', '../target.txt'],
  ['a symbolic link', 'up/target.txt'],
])('an incomplete manifest that came from elsewhere removes nothing through %s', (_, path) => {
  const outdir = aProject();
  rmSync(join(outdir, 'manifest.json'));
  symlinkSync('..', join(outdir, 'up'));
  const entries = `{\n    "${path}": "${sha256('untouched')}"\n  }`;
  put(outdir, 'manifest.json', `{\n  "incomplete": true,\n  "before": ${entries},\n  "files": ${entries}\n}\n`);
  writeOutput(outdir, OTHER, options);
  expect(treeOf(join(outdir, '..'))['target.txt']).toBe('untouched');
});
