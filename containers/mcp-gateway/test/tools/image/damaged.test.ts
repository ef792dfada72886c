import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docxEntries, epubEntries, pdf, pptxEntries, xlsxEntries, zip } from './documents';
import { ImageBench } from './harness';
import { picture } from './pictures';
import { ToolFailure } from '../../../src/tools/tool';

/** More in a thorough run: FUZZ_RUNS=500. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 8);
/** Far above what a small document takes on a busy machine. */

const golden = new Map<string, Buffer>();
let bench: ImageBench;

const NAMES = [
  'pdf',
  'docx',
  'pptx',
  'xlsx',
  'epub',
  'markdown',
  'html',
  'png',
  'jpeg',
  'webp',
  'gif',
  'tiff',
  'avif',
] as const;

beforeAll(async () => {
  bench = await ImageBench.create();
  const png = await picture('png', 40, 30, true);
  const jpeg = await picture('jpeg', 64, 48);
  golden.set('pdf', await pdf([jpeg, png]));
  golden.set('docx', zip(docxEntries(png, jpeg)));
  golden.set('pptx', zip(pptxEntries(png, jpeg)));
  golden.set('xlsx', zip(xlsxEntries(png)));
  golden.set('epub', zip(epubEntries(png, jpeg)));
  golden.set(
    'markdown',
    Buffer.from(`# Text\n\n![a](data:image/png;base64,${png.toString('base64')}) ![b](x.png) <img src="y.png">\n`),
  );
  golden.set(
    'html',
    Buffer.from(
      `<!doctype html><p><img src="data:image/jpeg;base64,${jpeg.toString('base64')}" alt="x"><svg><image ` +
      'href="z.png"/></svg>',
    ),
  );
  for (const format of ['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const) {
    golden.set(format, await picture(format));
  }
});

afterAll(async () => bench.dispose());

/** An answer or a failure with words for the client; anything else is a fault. */
async function survives(path: string): Promise<void> {
  for (const operation of ['list', 'extract'] as const) {
    const message = await bench.call(operation, { path }).then(() => '', (error: unknown) => {
      expect(error).toBeInstanceOf(ToolFailure);
      return (error as Error).message;
    });
    expect(message).not.toMatch(/took too long|makes no sense|stopped its decoder|more memory to read/);
  }
}

describe.each(NAMES)('a damaged %s', (name) => {
  test('that was cut short is answered, wherever the cut', async () => {
    const whole = golden.get(name) ?? Buffer.alloc(0);
    for (let tenth = 0; tenth < 10; tenth += 3) {
      await bench.write(`cut.${name}`, whole.subarray(0, Math.floor(whole.length * tenth / 10)));
      await survives(`cut.${name}`);
    }
  });

  test('with flipped bytes is answered', { timeout: 60_000 + RUNS * 2000 }, async () => {
    const whole = golden.get(name) ?? Buffer.alloc(0);
    const flips = fc.array(fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 20,
    });
    await fc.assert(fc.asyncProperty(flips, async (changes) => {
      const bytes = Buffer.from(whole);
      for (const [at, value] of changes) {
        bytes[at] = value;
      }
      await bench.write(`flipped.${name}`, bytes);
      await survives(`flipped.${name}`);
    }), { numRuns: RUNS, endOnFailure: true });
  });
});

test('bytes without any format fail with what the tool reads', async () => {
  await bench.write('random.bin', Buffer.from([0, 1, 2, 3, 250, 251, 252]));
  await bench.write('empty.bin', Buffer.alloc(0));
  await bench.write('plain.zip', zip({ 'a.txt': 'a' }));
  await expect(bench.list({ path: 'random.bin' })).rejects.toThrow(
    'judged by its content; it reads pdf, docx, pptx, xlsx, epub, markdown, html, image',
  );
  await expect(bench.list({ path: 'plain.zip' })).rejects.toThrow('judged by its content');
  expect((await bench.list({ path: 'empty.bin' })).images).toEqual([]);
});
