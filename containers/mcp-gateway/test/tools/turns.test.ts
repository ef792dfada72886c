import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandTool, fileTool, LIMITS, make, openSandbox, Sandbox, use } from './support';
import { ManifestTool } from '../../src/manifest/manifest';
import { Turns } from '../../src/tools/turns';

const MEBIBYTE = 1024 * 1024;
const NAMES = 2000;

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await openSandbox((root) => {
    writeFileSync(join(root, 'feeds'), '\n'.repeat(4 * MEBIBYTE));
    writeFileSync(join(root, 'controls'), '\u0001'.repeat(4 * MEBIBYTE));
    writeFileSync(join(root, 'letters'), 'é'.repeat(2 * MEBIBYTE));
    writeFileSync(join(root, 'latin'), Buffer.alloc(4 * MEBIBYTE, 0xe9));
    mkdirSync(join(root, 'many'));
    for (let index = 0; index < NAMES; index += 1) {
      writeFileSync(join(root, 'many', `${'n'.repeat(100)}${(index * 719) % NAMES}`), '');
    }
  });
});

afterAll(async () => sandbox.close());

afterEach(() => {
  vi.restoreAllMocks();
});

/** A clock that only work moves. It never goes back, as the turns are shared. */
const clock = { ms: 1_000_000_000 };

/** Runs a task and returns the most that a clock moved in one turn of the event loop. */
async function longestTurn(task: () => Promise<unknown>): Promise<number> {
  let [last, longest, isOver] = [clock.ms, 0, false];
  const look = (): void => {
    longest = Math.max(longest, clock.ms - last);
    last = clock.ms;
    if (!isOver) {
      setImmediate(look);
    }
  };
  setImmediate(look);
  await task();
  isOver = true;
  return longest;
}

describe('the turns of the event loop', () => {
  beforeEach(() => {
    vi.spyOn(performance, 'now').mockImplementation(() => clock.ms);
  });

  it('are no longer with a hundred calls than with one', async () => {
    const call = async (): Promise<void> => {
      const turns = new Turns(AbortSignal.timeout(60_000));
      for (let slice = 0; slice < 20; slice += 1) {
        await turns.pass();
        clock.ms += 3;
      }
    };
    const longest = await longestTurn(async () => Promise.all(Array.from({ length: 100 }, call)));
    expect(longest).toBeLessThanOrEqual(10 + 3);
  });

  it('go round, so that a call that came last is not served last', async () => {
    const done: string[] = [];
    const call = async (name: string, slices: number): Promise<void> => {
      const turns = new Turns(AbortSignal.timeout(60_000));
      for (let slice = 0; slice < slices; slice += 1) {
        await turns.pass();
        clock.ms += 11;
      }
      done.push(name);
    };
    await Promise.all([call('long', 50), call('longer', 60), call('short', 2)]);
    expect(done).toEqual(['short', 'long', 'longer']);
  });

  it('end a call that is over', async () => {
    await expect(new Turns(AbortSignal.abort()).pass()).rejects.toThrow('stopped before it was done');
  });

  it('are late once most of the time of a call is used', () => {
    const turns = new Turns(AbortSignal.timeout(60_000), 1000);
    clock.ms += 500;
    expect(turns.isLate).toBe(false);
    clock.ms += 300;
    expect(turns.isLate).toBe(true);
  });
});

describe('a call', () => {
  const limits = { ...LIMITS, timeoutMs: 600_000, maxOutputBytes: 4 * MEBIBYTE };
  const all = { limits, maxEntries: 100_000 };

  // each `pass` moves the clock by a millisecond, so that the longest turn is the number of slices in it
  it.each<[string, ManifestTool, Record<string, unknown>, number]>([
    ['read of line feeds', fileTool('read', all), { path: 'feeds' }, MEBIBYTE / 32_768],
    ['read of control characters', fileTool('read', all), { path: 'controls' }, MEBIBYTE / 32_768],
    ['read of letters of two bytes', fileTool('read', all), { path: 'letters' }, MEBIBYTE / 32_768],
    ['read of bytes that are not UTF-8', fileTool('read', all), { path: 'latin' }, MEBIBYTE / 32_768],
    [
      'read of a line far into a file',
      fileTool('read', all),
      { path: 'feeds', startLine: 4_000_000 },
      MEBIBYTE / 32_768,
    ],
    ['cat of control characters', commandTool(['cat', '--', 'controls'], { limits }), {}, MEBIBYTE / 65_536],
    ['cat of line feeds', commandTool(['cat', '--', 'feeds'], { limits }), {}, MEBIBYTE / 32_768],
    ['list of a large folder', fileTool('list', all), { path: 'many' }, NAMES],
    ['tree of a large folder', fileTool('tree', all), { path: 'many' }, NAMES],
    ['find in a large folder', fileTool('find', all), { pattern: `*${'?'.repeat(50)}*x` }, NAMES],
    ['grep of a large folder', fileTool('grep', all), { path: 'many', pattern: 'x', glob: '*x' }, NAMES],
  ])(
    'that is a %s is cut into slices',
    async (_, spec, args, slices) => {
      const tool = await make(spec, sandbox);
      const before = clock.ms;
      vi.spyOn(performance, 'now').mockImplementation(() => (clock.ms += 1));
      const longest = await longestTurn(async () => {
        expect(await use(tool, args, AbortSignal.timeout(60_000))).toMatchObject({ kind: 'answered' });
      });
      expect(clock.ms - before).toBeGreaterThan(slices);
      expect(longest).toBeLessThan(40);
    },
    60_000,
  );

  it.each<[string, ManifestTool, Record<string, unknown>]>([
    ['read', fileTool('read', all), { path: 'feeds' }],
    ['grep', fileTool('grep', all), { path: 'feeds', pattern: 'x' }],
    ['list', fileTool('list', all), { path: 'many' }],
  ])('that is a %s ends with its signal, in the middle of its work', async (_, spec, args) => {
    const tool = await make(spec, sandbox);
    const controller = new AbortController();
    const outcome = use(tool, args, controller.signal);
    setImmediate(() => setImmediate(() => controller.abort()));
    expect(await outcome).toEqual({ kind: 'failed', message: 'stopped before it was done' });
  });
});

it('is not spent on expressions: their engine is not loaded into the gateway', async () => {
  const { metafile } = await build({
    entryPoints: ['src/main.ts'],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outdir: '/nowhere',
    splitting: true,
  });
  const packages = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect(packages).toContain('pino');
  expect(packages).not.toContain('re2js');
});
