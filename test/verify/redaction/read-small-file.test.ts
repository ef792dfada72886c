import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSmallFile } from '../../../src/verify/redaction/read-small-file';
import { aFolder, removeFolders } from '../../cli/support';

afterEach(removeFolders);

test('a file that is not there is empty', () => {
  expect(readSmallFile(join(aFolder(), 'nothing'))).toBe('');
});

test('a file is read as text, up to a mebibyte', () => {
  const file = join(aFolder(), 'file');
  writeFileSync(file, 'é'.repeat(512 * 1024));
  expect(readSmallFile(file)).toBe('é'.repeat(512 * 1024));
  writeFileSync(file, 'é'.repeat(512 * 1024) + 'x');
  expect(() => readSmallFile(file)).toThrow('it is larger than 1 MiB');
});

test('fails in words for what is no file and for what cannot be reached, without waiting', () => {
  const root = aFolder();
  mkdirSync(join(root, 'folder'));
  writeFileSync(join(root, 'file'), '');
  spawnSync('mkfifo', [join(root, 'pipe')]);
  expect(() => readSmallFile(join(root, 'folder'))).toThrow('it is not a regular file');
  expect(() => readSmallFile(join(root, 'pipe'))).toThrow('it is not a regular file');
  expect(() => readSmallFile(join(root, 'file', 'below'))).toThrow('it cannot be read (ENOTDIR)');
});

test('nothing stays open', () => {
  const root = aFolder();
  const open = (): number => readdirSync('/proc/self/fd').length;
  const before = open();
  for (let round = 0; round < 5; round += 1) { expect(() => readSmallFile(root)).toThrow('it is not a regular file'); }
  expect(open()).toBe(before);
});
