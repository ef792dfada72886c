import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileTool, LIMITS, make, openSandbox, Outcome, Sandbox, use } from '../support';

const MEBIBYTE = 1024 * 1024;
const LINES = 4_000_000;
/** What a call may take beside the tests: far less than the file has. */
const ROOM = 64 * MEBIBYTE;

let sandbox: Sandbox;

const line = (number: number): string =>
  `2026-01-01T00:00:00Z request ${String(number).padStart(7, '0')} took 12.345 ms`;

beforeAll(async () => {
  sandbox = await openSandbox((root) => {
    const file = openSync(join(root, 'large.log'), 'w');
    for (let first = 1; first <= LINES; first += 20_000) {
      writeSync(file, Array.from({ length: 20_000 }, (_, index) => `${line(first + index)}\n`).join(''));
    }
    closeSync(file);
  });
});

afterAll(async () => sandbox.close());

/** Runs a task and checks the memory that it takes, the threads' included. */
async function within<T>(room: number, task: () => Promise<T>): Promise<T> {
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => { most = Math.max(most, process.memoryUsage().rss); }, 5);
  const result = await task();
  clearInterval(watch);
  expect(Math.max(most, process.memoryUsage().rss) - before).toBeLessThan(room);
  return result;
}

async function inRoom(operation: 'read' | 'grep', args: Record<string, unknown>, timeoutMs: number): Promise<Outcome> {
  const tool = await make(fileTool(operation, { limits: { ...LIMITS, timeoutMs } }), sandbox);
  return within(ROOM, async () => use(tool, { path: 'large.log', ...args }, AbortSignal.timeout(120_000)));
}

describe('a file of 200 MB', () => {
  it('is read by lines', async () => {
    const outcome = await inRoom('read', { startLine: 3_999_999, lines: 5 }, 600_000);
    expect(outcome).toMatchObject({
      kind: 'answered',
      result: { content: [{ text: `${line(3_999_999)}\n${line(4_000_000)}\n` }, {}] },
    });
    expect(outcome.kind === 'answered' && outcome.text).toContain('"firstLine":3999999,"lastLine":4000000,"eof":true');
  });

  it('says where it can be read on if a line is too far for one call', async () => {
    const outcome = await inRoom('read', { startLine: LINES }, 1);
    const [, offset, reached] =
      /byte (\d+) is in line (\d+);/.exec(outcome.kind === 'failed' ? outcome.message : '') ?? [];
    expect(Math.floor(Number(offset) / (line(1).length + 1)) + 1).toBe(Number(reached));
    expect(await inRoom('read', { offset: Number(offset), lines: 2 }, 600_000)).toMatchObject({ kind: 'answered' });
  });

  it.each([
    ['text', { pattern: 'request 3999999' }],
    ['an expression', { pattern: 'request 399999[9]', regex: true }],
  ])('is searched for %s, call by call', async (_, args) => {
    let [outcome, calls] = [await inRoom('grep', args, 1000), 1];
    for (; outcome.kind === 'answered' && outcome.text.includes('go on with cursor'); calls += 1) {
      const [, cursor] = /cursor "([^"]*)"/.exec(outcome.text) ?? [];
      expect(outcome.text).toMatch(/^\[cut: the time for one call is used up;/);
      outcome = await inRoom('grep', { ...args, cursor }, 1000);
    }
    expect(outcome).toMatchObject({ kind: 'answered', text: `large.log:3999999: ${line(3_999_999)}` });
  }, 240_000);

  it('is read by 120 calls at once, which take no more than their answers', async () => {
    const [calls, maxOutputBytes] = [120, 262_144];
    const tool = await make(fileTool('read', { limits: { ...LIMITS, timeoutMs: 600_000, maxOutputBytes } }), sandbox);
    const outcomes = await within(6 * calls * maxOutputBytes, async () =>
      Promise.all(
        Array.from({ length: calls }, async () => use(tool, { path: 'large.log' }, AbortSignal.timeout(120_000))),
      ),
    );
    expect(outcomes.filter(({ kind }) => kind === 'answered')).toHaveLength(calls);
  });
});
