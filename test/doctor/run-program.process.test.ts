import { join } from 'node:path';
import { aPath } from './support';
import { runProgram } from '../../src/doctor/machine/run-program';
import { put, removeFolders } from '../cli/support';

afterAll(removeFolders);
jest.setTimeout(60_000);

const shell = (script: string, seconds?: number) => runProgram('sh', ['-c', script], { seconds });

describe('a program of this machine', () => {
  test('is read to the end', async () => {
    expect(await shell('echo out; echo err >&2; exit 3')).toEqual({
      kind: 'ended',
      code: 3,
      out: 'out\n',
      err: 'err\n',
    });
  });

  test('reads nothing, so that it cannot wait for a person', async () => {
    expect(await shell('read -r line || echo nothing')).toMatchObject({ out: 'nothing\n' });
  });

  test('reads what it is given, and may end without reading it', async () => {
    expect(await runProgram('cat', [], { input: 'secret\n' })).toMatchObject({ out: 'secret\n' });
    expect(await runProgram('true', [], { input: 'x'.repeat(1_000_000) })).toMatchObject({ kind: 'ended', code: 0 });
  });

  test('is not waited for longer than it may take, nor for what it leaves behind', async () => {
    const began = Date.now();
    expect(await shell('exec sleep 30', 0.3)).toEqual({
      kind: 'none',
      cause: 'timeout',
      reason: 'sh does not answer within 0.3 s',
    });
    expect(await shell('sleep 30 & echo left')).toMatchObject({ kind: 'ended', out: 'left\n' });
    // 30 s each, if it were waited for
    expect(Date.now() - began).toBeLessThan(25_000);
  });

  test('that prints too much is ended', async () => {
    expect(await shell('exec yes')).toEqual({ kind: 'none', cause: 'other', reason: 'sh prints more than 1 MiB' });
  });

  test('may be missing, closed, or of a name that no system takes', async () => {
    const folder = aPath({});
    put(folder, 'closed', '#!/bin/sh\n');
    expect(await runProgram('no-such-program-here', [])).toEqual({
      kind: 'none',
      cause: 'missing',
      reason: 'no-such-program-here is not on the PATH',
    });
    expect(await runProgram(join(folder, 'closed'), [])).toMatchObject({
      kind: 'none',
      cause: 'other',
      reason: expect.stringContaining('EACCES'),
    });
    expect(await runProgram('a\0b', [])).toMatchObject({ kind: 'none', cause: 'other' });
  });
});
