import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder, files, put, removeFolders, SOURCE, treeOf } from './support';
import { checkOutput } from '../../src/assembly/check-output';
import { writeOutput } from '../../src/assembly/write-output';

const options = { source: SOURCE, label: 'dist' };
const GIVEN = files({ 'a.yaml': 'one\ntwo\nthree', 'b/c.yaml': 'c' });

afterEach(removeFolders);

function written(): string {
  const outdir = aFolder();
  writeOutput(outdir, GIVEN, options);
  return outdir;
}

test('a tree as it was written has no drift', () => {
  expect(checkOutput(written(), GIVEN, options)).toEqual({ findings: [], drift: [], unchanged: 3 });
});

test('a hand edit is shown as a unified diff of what a synthesis would change', () => {
  const outdir = written();
  put(outdir, 'a.yaml', 'one\n2\nthree\n');
  expect(checkOutput(outdir, GIVEN, options)).toMatchObject({
    unchanged: 2,
    drift: [
      {
        kind: 'changed',
        path: 'a.yaml',
        diff: '--- dist/a.yaml\n+++ dist/a.yaml\n@@ -1,3 +1,3 @@\n one\n-2\n+two\n three\n',
      },
    ],
  });
});

test('distinguishes missing files from stale ones', () => {
  const outdir = written();
  const { drift } = checkOutput(outdir, files({ 'a.yaml': 'one\ntwo\nthree', 'new.yaml': 'n' }), options);
  expect(drift.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'stale b/c.yaml',
    'changed manifest.json',
    'missing new.yaml',
  ]);
  expect(drift[0].diff).toContain('+++ /dev/null');
  expect(drift[2].diff).toContain('--- /dev/null');
});

test('an output folder that is not there misses everything', () => {
  const outdir = join(aFolder(), 'dist');
  expect(checkOutput(outdir, GIVEN, options).drift.map(({ kind }) => kind)).toEqual(['missing', 'missing', 'missing']);
});

test('a foreign file in the way is a finding and a drift', () => {
  const outdir = aFolder();
  put(outdir, 'a.yaml', 'by hand\n');
  const result = checkOutput(outdir, GIVEN, options);
  expect(result.findings).toMatchObject([{ rule: 'output-foreign' }]);
  expect(result.drift[0]).toMatchObject({ kind: 'foreign', path: 'a.yaml' });
});

test('a link in place of a file is drift, and its target is not read', () => {
  const outdir = written();
  mkdirSync(join(outdir, 'sub'));
  put(outdir, '../secret.txt', 'secret');
  symlinkSync('../../secret.txt', join(outdir, 'sub', 'd.yaml'));
  const { drift } = checkOutput(outdir, [...GIVEN, ...files({ 'sub/d.yaml': 'd' })], options);
  expect(JSON.stringify(drift)).not.toContain('secret\\n');
  expect(drift[1]).toMatchObject({ path: 'sub/d.yaml', diff: expect.stringContaining('-(a symbolic link)') });
});

test('control characters in a diff are shown as escapes', () => {
  const outdir = written();
  put(outdir, 'a.yaml', 'one\n\u001b[31mred\u202e\nthree\n');
  expect(checkOutput(outdir, GIVEN, options).drift[0].diff).toContain('-\\x1b[31mred\\u202e\n');
});

test('reports different line endings in one sentence', () => {
  const outdir = written();
  put(outdir, 'a.yaml', 'one\r\ntwo\r\nthree\r\n');
  expect(checkOutput(outdir, GIVEN, options).drift[0].diff).toMatch(/^Only the line endings differ/);
});

test('reports bytes that are not UTF-8 in one sentence', () => {
  const outdir = written();
  writeOutput(outdir, files({ 'a.yaml': '\ufffd' }), options);
  put(outdir, 'a.yaml', Buffer.from([0xff, 0x0a]) as unknown as string);
  expect(checkOutput(outdir, files({ 'a.yaml': '\ufffd' }), options).drift[0].diff).toMatch(/not UTF-8/);
});

test('a long diff is cut with a count, and so is a long line', () => {
  const outdir = written();
  put(outdir, 'a.yaml', `${'x\n'.repeat(500)}${'y'.repeat(1000)}\n`);
  const { diff } = checkOutput(outdir, GIVEN, options).drift[0];
  expect(diff.split('\n').length).toBeLessThan(130);
  expect(diff).toMatch(/\.\.\. and \d+ more lines\n$/);
  put(outdir, 'a.yaml', `${'y'.repeat(1000)}\n`);
  expect(checkOutput(outdir, GIVEN, options).drift[0].diff).toContain('... (601 more characters)');
});

test('texts with too little in common are not compared line by line', () => {
  const outdir = written();
  put(outdir, 'a.yaml', Array.from({ length: 9000 }, (_, index) => `${index}\n`).join(''));
  expect(checkOutput(outdir, GIVEN, options).drift[0].diff).toMatch(/differ too much/);
});

test('nothing is written', () => {
  const outdir = written();
  put(outdir, 'a.yaml', 'hand\n');
  const before = treeOf(outdir);
  checkOutput(outdir, [], options);
  expect(treeOf(outdir)).toEqual(before);
});

test('fails on a path that may not be written', () => {
  expect(checkOutput(aFolder(), files({ '../a': 'x' }), options).findings).toMatchObject([{ rule: 'output-path' }]);
});

test('the library for diffs is loaded only when there is drift', () => {
  const source = readFileSync(join(__dirname, '../../src/util/unified-diff.ts'), 'utf8');
  expect(source).not.toMatch(/^import .*'diff'/m);
});
