import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchInThread } from '../../../../src/tools/file/search/threads';
import { SearchRequest } from '../../../../src/tools/file/search/worker';
import { fileTool, LIMITS, make, openSandbox, Sandbox, use } from '../../support';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await openSandbox((root) => {
    writeFileSync(join(root, 'letters'), 'Ж'.repeat(200_000));
    writeFileSync(join(root, 'needle'), 'a needle');
  });
});

afterAll(async () => sandbox.close());

const SLOW = '(?:[\\pL\\pN\\pP]{0,900})x';

const request = (pattern: string, text: string): SearchRequest => ({
  pattern,
  regex: true,
  ignoreCase: true,
  bytes: Buffer.from(text),
  inLine: false,
  isGiven: false,
  isLast: true,
  maxMatches: 10,
});

describe('a search in a thread', () => {
  it('ends with its signal, whatever the expression is at', async () => {
    const controller = new AbortController();
    const searches = Array.from({ length: 6 }, async () =>
      searchInThread(request(SLOW, 'Ж'.repeat(20_000)), controller.signal),
    );
    setTimeout(() => controller.abort(), 50);
    expect(
      (await Promise.allSettled(searches)).map((each) => (each.status === 'rejected' ? String(each.reason) : 'found')),
    ).toEqual(Array.from({ length: 6 }, () => 'ToolFailure: stopped before it was done'));
    // what waits next gets a new thread
    expect(await searchInThread(request('n.edle', 'a needle'), new AbortController().signal)).toMatchObject({
      matches: [{ text: 'a needle' }],
    });
  });

  it('leaves the event loop to others', async () => {
    let [turns, isOver] = [0, false];
    const turn = (): void => {
      turns += 1;
      if (!isOver) {
        setImmediate(turn);
      }
    };
    turn();
    await searchInThread(request(SLOW, 'Ж'.repeat(2000)), new AbortController().signal);
    isOver = true;
    expect(turns).toBeGreaterThan(50);
  });

  it('lets a quick search pass while slow ones go on', async () => {
    const controller = new AbortController();
    const slow = Array.from({ length: 4 }, async () =>
      use(
        await make(fileTool('grep', { limits: { ...LIMITS, timeoutMs: 600_000 } }), sandbox),
        { path: 'letters', pattern: SLOW, regex: true, ignoreCase: true },
        controller.signal,
      ),
    );
    expect(
      await use(
        await make(fileTool('grep'), sandbox),
        { path: 'needle', pattern: 'needle' },
        AbortSignal.timeout(60_000),
      ),
    ).toMatchObject({ text: 'needle:1: a needle' });
    controller.abort();
    expect(await Promise.all(slow)).toMatchObject(
      slow.map(() => ({ kind: 'failed', message: 'stopped before it was done' })),
    );
  });

  it('fails for an expression that cannot be used', async () => {
    await expect(searchInThread(request('(', 'x'), new AbortController().signal)).rejects.toThrow('cannot be used');
    await expect(
      searchInThread(request('(a{30}){30}(b{30}){30}(c{30}){30}', 'x'), new AbortController().signal),
    ).rejects.toThrow('too large');
  });
});
