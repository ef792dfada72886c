import { spawnSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder, files, put, removeFolders, SOURCE, treeOf } from './support';
import { checkOutput } from '../../src/assembly/check-output';
import { recoverOutput, writeOutput, WriteResult } from '../../src/assembly/write-output';

jest.setTimeout(120_000);
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

/** Both trees that are allowed, and how many changes of the disk lie between them. */
function measure(): { readonly old: object; readonly fresh: object; readonly steps: number } {
  const outdir = aProject();
  const old = treeOf(outdir);
  const [{ count, result }] = run('none', [outdir, Infinity]) as Run[];
  expect(result.findings).toEqual([]);
  expect(count).toBeGreaterThan(30);
  return { old, fresh: treeOf(outdir), steps: count };
}

/** What the next run makes of it: first it recovers, then it writes. */
function expectWholeAfterNextRun(
  outdir: string,
  at: number,
  { old, fresh }: ReturnType<typeof measure>,
): 'old' | 'fresh' {
  expect(recoverOutput(outdir, 'dist')).toEqual([]);
  const tree = treeOf(outdir);
  const state = JSON.stringify(tree) === JSON.stringify(old) ? 'old' : 'fresh';
  expect({ at, tree }).toEqual({ at, tree: state === 'old' ? old : fresh });
  expect(writeOutput(outdir, NEW, options).findings).toEqual([]);
  expect({ at, tree: treeOf(outdir) }).toEqual({ at, tree: fresh });
  return state;
}

test('a run that is killed at any write, or in the middle of one, leaves the old tree or the new one, once the next run has begun', () => {
  const trees = measure();
  const seen = { old: 0, fresh: 0 };
  for (let at = 1; at <= trees.steps; at++) {
    const outdir = aProject();
    expect(run('kill', [outdir, at])).toBe('killed');
    seen[expectWholeAfterNextRun(outdir, at, trees)] += 1;
  }
  expect(seen.old).toBeGreaterThan(10);
  expect(seen.fresh).toBeGreaterThan(10);
});

test('a run that is killed while it recovers from a kill is recovered as well', () => {
  const trees = measure();
  for (let at = trees.steps - 16; at <= trees.steps; at += 4) {
    const outdir = aProject();
    run('kill', [outdir, at]);
    for (let again = 2; again < 14; again += 4) { run('kill', [outdir, again]); }
    expectWholeAfterNextRun(outdir, at, trees);
  }
});

test('a file system without hard links keeps copies instead', () => {
  const { fresh } = measure();
  const outdir = aProject();
  expect(run('no-links', [outdir, Infinity])).toMatchObject([{ result: { findings: [] } }]);
  expect(treeOf(outdir)).toEqual(fresh);
});

test('check tells of an interrupted run and changes nothing', () => {
  const { steps } = measure();
  const outdir = aProject();
  run('kill', [outdir, steps - 10]);
  const before = treeOf(outdir);
  expect(checkOutput(outdir, NEW, options).findings).toMatchObject([{ rule: 'output-interrupted' }]);
  expect(treeOf(outdir)).toEqual(before);
});

test.each([
  ['text', 'no journal'],
  ['a path that leads out', JSON.stringify({ version: 1, writes: [], removes: ['../target.txt'], makes: [] })],
  ['a wrong shape', JSON.stringify({ version: 1, writes: [{ path: 'a' }], removes: [], makes: [] })],
])('fails on a journal that is none of ours (%s) and changes nothing', (_, journal) => {
  const outdir = aProject();
  put(outdir, '.toolbox-stage/journal.json', journal);
  const before = treeOf(outdir);
  expect(writeOutput(outdir, NEW, options).findings).toMatchObject([
    { rule: 'output-interrupted', message: expect.stringContaining('.toolbox-stage') },
  ]);
  expect(treeOf(outdir)).toEqual(before);
});

test('fails on a journal that leads through a symbolic link', () => {
  const outdir = aProject();
  symlinkSync('..', join(outdir, 'up'));
  put(
    outdir,
    '.toolbox-stage/journal.json',
    JSON.stringify({ version: 1, writes: [], removes: ['up/target.txt'], makes: [] }),
  );
  expect(writeOutput(outdir, NEW, options).findings).toMatchObject([{ rule: 'output-interrupted' }]);
  expect(treeOf(join(outdir, '..'))['target.txt']).toBe('untouched');
});
