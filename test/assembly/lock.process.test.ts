import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { aFolder, files, put, removeFolders, SOURCE, treeOf } from './support';
import { Lock, takeLock } from '../../src/assembly/private/lock';
import { writeOutput } from '../../src/assembly/write-output';

jest.setTimeout(60_000);
afterEach(removeFolders);

const options = { source: SOURCE, label: 'dist' };
const LOCK = '.toolbox-lock';
const WRITER = join(__dirname, 'fixtures', 'faulty-writer.js');

function owner(pid: number, host = hostname()): string {
  return `${createHash('sha256').update(host).digest('hex').slice(0, 8)}-${pid}-0123456789abcdef`;
}

/** The number of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

test('a second process does not get the lock, and learns which process holds it', () => {
  const outdir = aFolder();
  put(outdir, LOCK, owner(process.ppid));
  expect(takeLock(outdir, 60)).toEqual({ holder: process.ppid });
  rmSync(join(outdir, LOCK));
  (takeLock(outdir) as Lock).release();
  expect(treeOf(outdir)).toEqual({});
});

test('fails with one sentence when the lock stays taken; nothing is written', () => {
  const outdir = aFolder();
  put(outdir, LOCK, owner(process.ppid));
  const before = treeOf(outdir);
  expect(writeOutput(outdir, files({ a: 'a' }), options).findings).toMatchObject([
    { rule: 'output-locked', message: expect.stringContaining(`Process ${process.ppid}`) },
  ]);
  expect(treeOf(outdir)).toEqual(before);
}, 20_000);

test.each([
  ['of a process that has ended', () => owner(deadPid()), 0],
  ['of an earlier process with our number', () => owner(process.pid), 0],
  ['that is old', () => owner(process.ppid), 700],
  ['of another machine that is old', () => owner(1, 'elsewhere'), 700],
  ['without an owner', () => '', 2],
  ['that is damaged', () => '{"pid":-1}', 2],
])('a lock %s is taken over', (_, content, ageSeconds) => {
  const outdir = aFolder();
  put(outdir, LOCK, content());
  const then = Date.now() / 1000 - ageSeconds;
  utimesSync(join(outdir, LOCK), then, then);
  // left by a process that was killed while it took a lock over
  put(outdir, `.toolbox-new-${owner(deadPid())}`, owner(1));
  expect(writeOutput(outdir, files({ a: 'a' }), options).findings).toEqual([]);
  expect(Object.keys(treeOf(outdir))).toEqual(['a', 'manifest.json']);
});

test('a lock of another machine is not taken over while it is fresh', () => {
  const outdir = aFolder();
  put(outdir, LOCK, owner(deadPid(), 'elsewhere'));
  expect(takeLock(outdir, 60)).toMatchObject({ holder: expect.any(Number) });
});

test('a lock that was taken over is no longer held, and its release leaves the other one alone', () => {
  const outdir = aFolder();
  const lock = takeLock(outdir) as Lock;
  put(outdir, LOCK, owner(process.ppid));
  expect(lock.isHeld()).toBe(false);
  lock.release();
  expect(Object.keys(treeOf(outdir))).toEqual([LOCK]);
});

test('processes that write at the same time leave the whole tree of one of them', async () => {
  const outdir = join(aFolder(), 'dist');
  const filesFiles = ['one', 'two', 'three', 'four'].map((text) => {
    const file = join(aFolder(), 'files.json');
    const names = Array.from({ length: 30 }, (_, index) => [`${text}/${index}.yaml`, text]);
    writeFileSync(file, JSON.stringify({ files: files({ ...Object.fromEntries(names), 'shared.yaml': text }) }));
    return file;
  });
  // a lock of a killed process makes all of them race for it
  put(outdir, LOCK, owner(deadPid()));
  const codes = await Promise.all(filesFiles.map((file) => new Promise((resolve) => {
    spawn(process.execPath, [WRITER, 'none', file, outdir, 'Infinity'], { stdio: 'ignore' }).once('exit', resolve);
  })));
  expect(codes).toEqual([0, 0, 0, 0]);
  const tree = treeOf(outdir);
  const winner = tree['shared.yaml'].trim();
  expect(
    Object.keys(tree).filter(
      (path) => path !== 'shared.yaml' && path !== 'manifest.json' && !path.startsWith(`${winner}/`),
    ),
  ).toEqual([]);
  expect(Object.keys(tree)).toHaveLength(32);
});
