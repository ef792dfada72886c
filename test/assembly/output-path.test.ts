import { aFolder, removeFolders, SOURCE, treeOf } from './support';
import { writeOutput } from '../../src/assembly/write-output';

// those of the shared list are in test/hostile/output.process.test.ts
afterEach(removeFolders);

function problemsOf(...given: readonly string[]): readonly string[] {
  const outdir = aFolder();
  const result = writeOutput(
    outdir,
    given.map((path) => ({ path, content: 'x\n' })),
    { source: SOURCE, label: 'dist' },
  );
  if (result.findings.length > 0) { expect(treeOf(outdir)).toEqual({}); }
  return result.findings.map((finding) => finding.message);
}

test.each([
  '',
  '.',
  'a/./b',
  'a//b',
  'a/',
  '..',
  'a/..',
  'C:/x',
  'a\\b',
  'a?',
  'a*',
  'a|b',
  'a<b',
  'a"b',
  'nul',
  'nul.txt',
  'sub/COM1.log',
  'com\u00b9',
  'CONIN$',
  'a ',
  'sub /x',
  '.GIT/config',
  'sub/.git/config',
  'git~1',
  'a\nb',
  'a\u007fb',
  'a\u0085b',
  'a\u202eb',
  'a\u200bb',
  '\ufeffa',
  'a\ud800',
  'x'.repeat(256),
  `${'x/'.repeat(600)}x`,
  'manifest.json',
  'Manifest.JSON',
  '.toolbox-stage/x',
  '.toolbox-lock',
])('fails on the path %j', (path) => {
  expect(problemsOf(path)).toHaveLength(1);
});

test.each([
  [['é.yaml', 'e\u0301.yaml']],
  [['A.yaml', 'a.yaml']],
  [['Sub/a.yaml', 'sub/b.yaml']],
  [['a', 'a/b']],
  [['same', 'same']],
  [['straße', 'STRASSE']],
])('fails on the paths %j, which are in each other\'s way', (pair) => {
  expect(problemsOf(...pair)).toHaveLength(1);
});

test.each([
  '.env.local.example',
  'a/.hidden/b',
  'ünïcode.md',
  'a b.md',
  'console.log',
  'com10',
  'sub/manifest.json',
  '.github/x',
])('the path %j is fine', (path) => {
  expect(problemsOf(path)).toEqual([]);
});

test('a message shows control characters as escapes', () => {
  expect(problemsOf('a\u001b[31mb')[0]).toContain('"a\\x1b[31mb"');
});

test('reports all bad paths at once', () => {
  expect(problemsOf('../a', '/b', 'CON')).toHaveLength(3);
});
