import { mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder, files, put, removeFolders, SOURCE } from './support';
import { readOutput } from '../../src/assembly/read-output';
import { writeOutput } from '../../src/assembly/write-output';
import { provenanceSentence } from '../../src/plan/provenance';

afterEach(removeFolders);

test('reads the expected files, even if edited, and every file marked as generated', () => {
  const outdir = aFolder();
  writeOutput(outdir, files({ 'due.yaml': 'x', 'sub/other.yaml': 'y' }), { source: SOURCE, label: 'dist' });
  put(outdir, 'due.yaml', 'by hand\n');
  put(outdir, 'sub/gone.yaml', `# ${provenanceSentence({ source: SOURCE })}\nx: 1\n`);
  put(outdir, 'notes.txt', 'mine\n');
  put(outdir, 'node_modules/due.yaml', 'x\n');
  put(outdir, '.git/due.yaml', 'x\n');
  const texts = readOutput(outdir, new Set(['due.yaml', 'missing.yaml', 'node_modules/due.yaml', '.git/due.yaml']));
  expect([...texts.keys()]).toEqual(['due.yaml', 'manifest.json', 'sub/gone.yaml']);
  expect(texts.get('due.yaml')).toBe('by hand\n');
});

test('no link is followed, no folder read as a file, and nothing that is too big', () => {
  const outdir = aFolder();
  put(outdir, '../outside.txt', 'secret');
  symlinkSync('../outside.txt', join(outdir, 'link'));
  mkdirSync(join(outdir, 'folder'));
  put(outdir, 'fits', '');
  put(outdir, 'big', '');
  truncateSync(join(outdir, 'fits'), 16 * 1024 * 1024);
  truncateSync(join(outdir, 'big'), 16 * 1024 * 1024 + 1);
  expect([...readOutput(outdir, new Set(['link', 'folder', 'big', 'fits'])).keys()]).toEqual(['fits']);
});

test('an output folder that is not there, or is a file, holds nothing', () => {
  const folder = aFolder();
  put(folder, 'file', 'x');
  expect([
    readOutput(join(folder, 'nothing'), new Set()).size,
    readOutput(join(folder, 'file'), new Set()).size,
  ]).toEqual([0, 0]);
});
