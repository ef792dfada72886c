import { spawn } from 'child_process';
import { mkdirSync, writeFileSync } from 'fs';
import { readFile, realpath } from 'fs/promises';
import { join } from 'path';
import { expect, it } from 'vitest';
import { PathPolicy, Workspace } from '../../src/workspace';
import { openSandbox } from '../tools/support';

const RACE_MS = 10_000;
const CONTROL_MS = 5_000;
const ALL = PathPolicy.of({ allow: ['**'] });

/** Swaps, until its time is over, a file for a link to the outside, and the folder above another file likewise. */
const SWAPPER = `
  const { renameSync, symlinkSync, mkdirSync, writeFileSync, unlinkSync, rmSync } = require('fs');
  const [root, outside, time] = process.argv.slice(1);
  const end = Date.now() + Number(time);
  mkdirSync(root + '/real'); writeFileSync(root + '/real/f.txt', 'inside');
  symlinkSync(outside, root + '/evil');
  writeFileSync(root + '/a', 'inside'); symlinkSync(outside + '/f.txt', root + '/b');
  while (Date.now() < end) {
    for (let i = 0; i < 200; i += 1) {
      renameSync(root + '/real', root + '/d'); renameSync(root + '/d', root + '/real');
      renameSync(root + '/evil', root + '/d'); renameSync(root + '/d', root + '/evil');
      renameSync(root + '/a', root + '/f.txt'); renameSync(root + '/f.txt', root + '/a');
      renameSync(root + '/b', root + '/f.txt'); renameSync(root + '/f.txt', root + '/b');
    }
  }`;

async function underSwaps<T>(time: number, run: (root: string, outside: string, end: number) => Promise<T>): Promise<T> {
  const sandbox = await openSandbox((_, outside) => {
    mkdirSync(outside, { recursive: true });
    writeFileSync(join(outside, 'f.txt'), 'OUTSIDE');
  });
  const child = spawn(process.execPath, ['-e', SWAPPER, sandbox.root, sandbox.outside, String(time + 1000)], { stdio: 'ignore' });
  const gone = new Promise(resolve => child.once('exit', resolve));
  try {
    return await run(sandbox.root, sandbox.outside, Date.now() + time);
  } finally {
    child.kill('SIGKILL');
    await gone;
    await sandbox.close();
  }
}

it('leaks nothing while names are swapped for links to the outside', async () => {
  const counts = await underSwaps(RACE_MS, async (root, _, end) => {
    const workspace = await Workspace.open(root);
    let [inside, leaked, other] = [0, 0, 0];
    while (Date.now() < end) {
      for (const path of ['d/f.txt', 'f.txt']) {
        try {
          const file = await workspace.openFile(path, { paths: ALL });
          const text = (await file.readAll()).toString();
          await file.close();
          inside += text === 'inside' ? 1 : 0;
          leaked += text.includes('OUTSIDE') ? 1 : 0;
        } catch {
          other += 1;
        }
      }
    }
    await workspace.close();
    return { inside, leaked, other };
  });
  expect(counts.leaked).toBe(0);
  expect(counts.inside).toBeGreaterThan(100);
  expect(counts.other).toBeGreaterThan(100);
}, RACE_MS + 15_000);

it('is a race that a check of the path before the read does lose', async () => {
  const leaked = await underSwaps(CONTROL_MS, async (root, _, end) => {
    while (Date.now() < end) {
      for (const path of [join(root, 'd/f.txt'), join(root, 'f.txt')]) {
        try {
          if ((await realpath(path)).startsWith(`${root}/`) && (await readFile(path, 'utf8')).includes('OUTSIDE')) {
            return true;
          }
        } catch {
          // The name was away.
        }
      }
    }
    return false;
  });
  expect(leaked).toBe(true);
}, CONTROL_MS + 15_000);
