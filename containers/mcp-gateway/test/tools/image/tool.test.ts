import { symlink } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pdf, pptxEntries, zip } from './documents';
import { ImageBench } from './harness';
import { noise, picture } from './pictures';
import { Denial } from '../../../src/tools/tool';

let bench: ImageBench;
let png: Buffer;
let jpeg: Buffer;

beforeAll(async () => {
  bench = await ImageBench.create();
  png = await picture('png');
  jpeg = await picture('jpeg');
  await bench.write('a.png', png);
  await bench.write('many.md', Array.from({ length: 7 }, () => '![x](a.png)').join('\n\n'));
});

afterAll(async () => bench.dispose());

/** Bytes of everything an answer holds. */
function sizeOf(content: readonly { readonly text?: string; readonly data?: string }[]): number {
  return content.reduce((sum, { text, data }) => sum + Buffer.byteLength(text ?? '') + (data?.length ?? 0), 0);
}

describe('the arguments', () => {
  test.each([
    ['an argument that is not declared', { path: 'a.png', shell: 'id' }],
    ['no path', {}],
    ['a path with NUL', { path: 'a\0.png' }],
    ['ids of another form', { path: 'a.png', ids: ['word/media/image1.png'] }],
    ['more ids than images in an answer', { path: 'a.png', ids: ['i1', 'i2', 'i3', 'i4'] }],
  ])('fail with %s', async (_, args) => {
    const { input } = await bench.tool('extract', { maxImages: 3 });
    expect(input.safeParse(args).success).toBe(false);
    expect(input.safeParse({ path: 'a.png', ids: ['i1', 'p2-3'], place: 'page 2' }).success).toBe(true);
  });

  test('the tool describes what it reads and that it changes nothing', async () => {
    const { annotations, description } = await bench.tool('list', { formats: ['pdf', 'image'] });
    expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: false });
    expect(description).toContain('(pdf, picture files)');
    expect((await bench.tool('list', { description: 'Mine.' })).description).toBe('Mine.');
  });
});

describe('the policy', () => {
  const paths = { allow: ['docs/**'], deny: ['docs/private'] };

  test.each([
    ['docs/a.png', { allowed: true }],
    ['a.png', { allowed: false, rule: 'path.policy' }],
    ['docs/private/a.png', { allowed: false, rule: 'path.policy' }],
    ['docs/../a.png', { allowed: false, rule: 'path.parent' }],
    ['/etc/passwd', { allowed: false, rule: 'path.absolute' }],
  ])('decides on %s from its text', async (path, decision) => {
    expect((await bench.tool('list', { paths })).decide({ path })).toEqual(decision);
  });

  test('fails on a link that leads elsewhere', async () => {
    await bench.write('docs/x.md', 'x');
    await symlink('/etc/passwd', join(bench.root, 'docs/link.png'));
    await symlink('../a.png', join(bench.root, 'docs/aside.png'));
    await expect(bench.list({ path: 'docs/link.png' }, { paths })).rejects.toThrow(Denial);
    await expect(bench.list({ path: 'docs/aside.png' }, { paths })).rejects.toThrow(Denial);
  });

  test('fails on a format that is not accepted, judged by content', async () => {
    await bench.write('slides.pdf', zip(pptxEntries(png, jpeg)));
    await expect(bench.list({ path: 'slides.pdf' }, { formats: ['pdf'] })).rejects.toThrow(
      'of no format this tool reads, judged by its content; it reads pdf',
    );
    expect((await bench.list({ path: 'slides.pdf' }, { formats: ['pptx'] })).format).toBe('pptx');
  });

  test('fails on a file that is too large', async () => {
    const limits = { timeoutMs: 5000, maxOutputBytes: 10_000, callsPerMinute: 1, maxInputBytes: 100 };
    await expect(bench.list({ path: 'a.png' }, { limits })).rejects.toThrow('at most 100');
  });
});

describe('the number of images', () => {
  test('is bounded, and the rest can be asked for', async () => {
    const first = await bench.list({ path: 'many.md' }, { maxImages: 3 });
    expect(first.images.map(({ id }) => id)).toEqual(['i1', 'i2', 'i3']);
    expect(first).toMatchObject({ more: true, nextOffset: 3 });
    const last = await bench.list({ path: 'many.md', offset: 6 }, { maxImages: 3 });
    expect(last.images.map(({ id }) => id)).toEqual(['i7']);
    expect(last.more).toBeUndefined();
  });

  test('extract names the first one that is left out', async () => {
    const { description, pictures } = await bench.extract({ path: 'many.md' }, { maxImages: 2 });
    expect(pictures).toHaveLength(2);
    expect(description.notReturned).toEqual([
      { id: 'i3', reason: 'an answer holds at most 2 images; ask for this one by its id' },
    ]);
  });

  test('an id and a place that do not exist are reported', async () => {
    expect((await bench.extract({ path: 'many.md', ids: ['i2', 'i99'] })).description.notReturned).toEqual([
      { id: 'i99', reason: 'the document has no image with this id' },
    ]);
    await expect(bench.extract({ path: 'many.md', place: 'page 1' })).rejects.toThrow(
      'the document has no image there',
    );
    await expect(bench.extract({ path: 'many.md', ids: ['p1-1'] })).rejects.toThrow(
      'p1-1: the document has no image with this id',
    );
  });
});

describe('what is returned', () => {
  test('is scaled to the longer edge, in a document as in a file', async () => {
    const wide = await picture('jpeg', 900, 300);
    await bench.write('wide.jpg', wide);
    await bench.write('wide.pdf', await pdf([wide]));
    for (const path of ['wide.jpg', 'wide.pdf']) {
      const { description, pictures } = await bench.extract({ path }, { maxEdge: 300 });
      expect(description.images).toMatchObject([{ originalWidth: 900, originalHeight: 300, width: 300, height: 100 }]);
      expect(await sharp(pictures[0]?.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 300, height: 100 });
    }
  });

  test('stands upright and in sRGB', async () => {
    const pixels = Buffer.from(Array.from({ length: 20 * 10 * 4 }, (_, index) => index % 255));
    await bench.write(
      'turned.jpg',
      await sharp(pixels, { raw: { width: 20, height: 10, channels: 4 } })
        .removeAlpha()
        .toColourspace('cmyk')
        .jpeg()
        .withMetadata({ orientation: 6 })
        .toBuffer(),
    );
    expect((await bench.list({ path: 'turned.jpg' })).images).toMatchObject([{ width: 10, height: 20 }]);
    const { pictures } = await bench.extract({ path: 'turned.jpg' });
    const facts = await sharp(pictures[0]?.bytes).metadata();
    expect(facts).toMatchObject({ width: 10, height: 20, space: 'srgb' });
    expect(facts.orientation).toBeUndefined();
  });

  test('one image is made smaller until the answer fits', async () => {
    await bench.write('noise.png', await noise('png', 700, 700));
    const limits = { timeoutMs: 15_000, maxOutputBytes: 100_000, callsPerMinute: 1 };
    const { result, description, pictures } = await bench.extract({ path: 'noise.png' }, { limits });
    expect(sizeOf(result.content)).toBeLessThanOrEqual(100_000);
    expect(description.images).toMatchObject([{ originalWidth: 700, mimeType: 'image/webp' }]);
    expect((await sharp(pictures[0]?.bytes).metadata()).width).toBeGreaterThan(100);
  });

  test('among others, an image that does not fit is left for another call', async () => {
    await bench.write('one.jpg', await noise('jpeg', 500, 500));
    await bench.write('two.md', '![a](one.jpg) ![b](one.jpg)');
    const limits = { timeoutMs: 15_000, maxOutputBytes: 230_000, callsPerMinute: 1 };
    const { result, description } = await bench.extract({ path: 'two.md' }, { limits });
    expect(sizeOf(result.content)).toBeLessThanOrEqual(230_000);
    expect(description.images).toMatchObject([{ id: 'i1', width: 500 }]);
    expect(description.notReturned).toEqual([
      { id: 'i2', reason: 'the answer has no room left for it; ask for it alone' },
    ]);
    expect(result.truncated).toBe(true);
  });

  test('a list is cut to the output limit, and says where to go on', async () => {
    const limits = { timeoutMs: 15_000, maxOutputBytes: 500, callsPerMinute: 1 };
    const result = await bench.call('list', { path: 'many.md' }, { limits });
    expect(sizeOf(result.content)).toBeLessThanOrEqual(500);
    expect(result.truncated).toBe(true);
    const { images, nextOffset } = await bench.list({ path: 'many.md' }, { limits });
    expect(images.length).toBeGreaterThan(0);
    expect(nextOffset).toBe(images.length);
  });
});

test('calls side by side do not disturb each other', async () => {
  await bench.write('two.pdf', await pdf([jpeg, jpeg]));
  const answers = await Promise.all(
    ['a.png', 'two.pdf', 'many.md', 'a.png', 'two.pdf'].map(async (path) => bench.list({ path })),
  );
  expect(answers.map(({ format, images }) => [format, images.length])).toEqual([
    ['image', 1],
    ['pdf', 2],
    ['markdown', 7],
    ['image', 1],
    ['pdf', 2],
  ]);
});

test('the gateway itself loads no decoder', async () => {
  const { metafile } = await build({
    entryPoints: ['src/tools/image/index.ts'],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const packages = Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports.map(({ path }) => path))
    .filter((path) => !isBuiltin(path));
  expect([...new Set(packages)].sort()).toEqual(['zod']);
});
