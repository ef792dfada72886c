import { createHash } from 'crypto';
import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManifestFileTool } from '../../../src/manifest/manifest';
import { fileTool, make, openSandbox, Outcome, Sandbox, use } from '../support';

/** Far below what the search would take at once, far above a slow machine's breath. */
const NOTICEABLE_MS = 1500;

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await openSandbox(root => {
    writeFileSync(join(root, 'long.txt'), 'a'.repeat(400_000));
    mkdirSync(join(root, 'many'));
    for (let index = 0; index < 3000; index += 1) {
      // no two alike, so that no matcher can keep what it worked out
      const digits = [0, 1, 2, 3].map(part => createHash('sha256').update(`${index} ${part}`).digest('hex')).join('');
      writeFileSync(join(root, 'many', digits.slice(0, 250).replace(/[0-9a-f]/g, digit => 'abcd'[parseInt(digit, 16) % 4] ?? '')), '');
    }
  });
});

afterAll(async () => {
  await sandbox.close();
});

/** A call that may take half a second, with the longest time in which nothing else had its turn. */
async function held(operation: ManifestFileTool['operation'], args: Record<string, unknown>): Promise<{ outcome: Outcome; ms: number; longest: number }> {
  const tool = await make(fileTool(operation), sandbox);
  const started = performance.now();
  let [last, longest] = [started, 0];
  const pulse = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 10);
  const outcome = await use(tool, args, AbortSignal.timeout(500));
  clearInterval(pulse);
  const ended = performance.now();
  return { outcome, ms: ended - started, longest: Math.max(longest, ended - last) };
}

describe('a costly search', () => {
  it.each([
    ['an expression on a long line', 'grep', { path: 'long.txt', regex: true, pattern: '(?:.{0,900})[bB]' }],
    ['another expression', 'grep', { path: 'long.txt', regex: true, pattern: '(.{1,30}){30}[xy]' }],
    ['a glob on many names', 'find', { path: 'many', pattern: `*a${'?'.repeat(120)}*b${'?'.repeat(100)}{x,y}` }],
    ['a glob before a search', 'grep', { path: 'many', pattern: 'x', glob: `*a${'?'.repeat(120)}*b${'?'.repeat(100)}{x,y}` }],
  ] as const)('with %s ends at its limit and lets others have their turn', async (_, operation, args) => {
    const { outcome, ms, longest } = await held(operation, args);
    expect(outcome).toMatchObject({ kind: 'failed', message: 'stopped before it was done' });
    expect(longest).toBeLessThan(NOTICEABLE_MS);
    expect(ms).toBeLessThan(500 + NOTICEABLE_MS);
  }, 60_000);

  it('still finds what stands far into a long line', async () => {
    writeFileSync(join(sandbox.root, 'far.txt'), `${'a'.repeat(200_000)}needle`);
    expect(await use(await make(fileTool('grep'), sandbox), { path: 'far.txt', regex: true, pattern: '[n]eedl.' })).toMatchObject({
      kind: 'answered', text: expect.stringMatching(/^far\.txt:1: …a+needle$/),
    });
  });
});
