import { FileHandle, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decompressionBomb, picture } from './pictures';
import { bundled } from '../../../src/tools/bundled';
import { DecoderJob, Reference, runDecoder } from '../../../src/tools/image/decoder-process';
import { DecoderAnswer } from '../../../src/tools/image/protocol';
import { ToolFailure } from '../../../src/tools/tool';

const MEGABYTE = 1024 * 1024;

let folder: string;
let document: FileHandle;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-decoder-'));
  await writeFile(join(folder, 'document'), 'bytes');
  document = await open(join(folder, 'document'));
});

afterAll(async () => {
  await document.close();
  await rm(folder, { recursive: true, force: true });
});

function job(changes: Partial<DecoderJob>): DecoderJob {
  return {
    decoder: bundled('image-worker.mjs'),
    fd: document.fd,
    request: {
      operation: 'extract',
      size: 5,
      formats: ['image'],
      limits: {
        maxPixels: 40_000_000,
        maxEdge: 1568,
        maxImages: 20,
        maxAnswerBytes: 4_000_000,
        maxPdfMemory: 200 * MEGABYTE,
      },
    },
    maxMemory: 400 * MEGABYTE,
    maxReplyBytes: MEGABYTE,
    signal: AbortSignal.timeout(10_000),
    openReference: async () => undefined,
    ...changes,
  };
}

/** A decoder that a document has taken over. */
async function taken(code: string, changes: Partial<DecoderJob> = {}): Promise<DecoderAnswer> {
  const decoder = join(folder, `${Math.random().toString(36).slice(2)}.mjs`);
  await writeFile(decoder, code);
  return runDecoder(job({ decoder, ...changes }));
}

async function read(bytes: Buffer): Promise<DecoderAnswer> {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.bin`);
  await writeFile(path, bytes);
  const file = await open(path);
  try {
    const { request } = job({});
    return await runDecoder(job({ fd: file.fd, request: { ...request, size: bytes.length } }));
  } finally {
    await file.close();
  }
}

describe('the decoder process', () => {
  test('gets the processor after the gateway', async () => {
    const whenBehind = `import { getPriority } from 'node:os';
      setInterval(() => getPriority() === 10 && process.stdout.write('{"type":"failed","message":"behind"}\\n'), 10);`;
    await expect(taken(whenBehind)).rejects.toThrow('behind');
  });

  test('refuses a decompression bomb from its header: less than 64 MB above a small picture', async () => {
    const small = await read(await picture('png'));
    const bomb = await read(decompressionBomb());
    expect(bomb).toMatchObject({ extracted: [], left: [{ id: 'i1' }] });
    expect(small.memory).toBeGreaterThan(10 * MEGABYTE);
    expect(bomb.memory - small.memory).toBeLessThan(64 * MEGABYTE);
  });

  test('sees no token and no environment of the gateway', async () => {
    process.env.GATEWAY_TEST_TOKEN = 'canary';
    try {
      const answer = await taken(`
        const names = Object.keys(process.env).join(',');
        console.log(JSON.stringify({ type: 'listed', id: 'i1', extractable: false, note: names }));
        console.log(JSON.stringify({ type: 'end', format: 'image', memory: 0 }));
      `);
      expect(answer).toMatchObject({ listed: [{ id: 'i1', note: 'MALLOC_ARENA_MAX' }] });
    } finally {
      delete process.env.GATEWAY_TEST_TOKEN;
    }
  });

  test('fails when it is stuck, and is gone then', async () => {
    const marker = join(folder, 'pid');
    const stuck = taken(
      `import { writeFileSync } from 'fs'; writeFileSync(${JSON.stringify(marker)}, String(process.pid)); for (;;);`,
      { signal: AbortSignal.timeout(700) },
    );
    await expect(stuck).rejects.toThrow(new ToolFailure('the document took too long to read and was given up'));
    const pid = Number(await readFile(marker, 'utf8'));
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  test('fails at once when the caller has stopped waiting', async () => {
    const controller = new AbortController();
    const waiting = taken('setInterval(() => {}, 1000);', { signal: controller.signal });
    setTimeout(() => controller.abort(), 200);
    await expect(waiting).rejects.toThrow(new ToolFailure('stopped before it was done'));
    await expect(taken('', { signal: controller.signal })).rejects.toThrow(
      new ToolFailure('stopped before it was done'),
    );
  });

  test('fails when it takes more memory than it may', async () => {
    const greedy = taken('const kept = []; setInterval(() => kept.push(Buffer.alloc(8 * 1024 * 1024, 1)), 5);', {
      maxMemory: 150 * MEGABYTE,
    });
    await expect(greedy).rejects.toThrow(new ToolFailure('the document needs more memory to read than it may have'));
  });

  test('fails when it crashes', async () => {
    await expect(taken('process.kill(process.pid, "SIGSEGV"); setInterval(() => {}, 1000);'))
      .rejects.toThrow(new ToolFailure('the document is damaged in a way that stopped its decoder'));
    await expect(taken('throw new Error("secret detail");')).rejects.toThrow(
      new ToolFailure('the document is damaged in a way that stopped its decoder'),
    );
  });

  test('fails when it talks without end', async () => {
    await expect(
      taken('for (;;) { process.stdout.write("x".repeat(65536)); await new Promise(r => setImmediate(r)); }'),
    ).rejects.toThrow(new ToolFailure('the answer is larger than this tool may give'));
  });

  test.each([
    ['no JSON', 'hello'],
    ['another member', '{"type":"failed","message":"m","isError":false}'],
    [
      'a MIME type of its own',
      '{"type":"extracted","id":"i1","originalWidth":1,"originalHeight":1,"width":1,"height":1,"mimeType":"text/' +
      'html","size":0}',
    ],
    [
      'a size that is none',
      '{"type":"extracted","id":"i1","originalWidth":1,"originalHeight":1,"width":1,"height":1,"mimeType":"image/' +
      'png","size":-1}',
    ],
    ['a text that is too long', `{"type":"failed","message":"${'m'.repeat(501)}"}`],
  ])('fails on an answer with %s', async (_, line) => {
    await expect(taken(`console.log(${JSON.stringify(line)}); setInterval(() => {}, 1000);`)).rejects.toThrow(
      'makes no sense',
    );
  });

  test('learns only that a reference is not available, whatever the reason', async () => {
    const ask = `
      import { createInterface } from 'readline';
      const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
      await lines.next();
      console.log(JSON.stringify({ type: 'open', reference: '../x' }));
      const { value } = await lines.next();
      console.log(JSON.stringify({ type: 'failed', message: value }));
    `;
    await expect(taken(ask, { openReference: async () => Promise.reject(new Error('secret reason')) })).rejects.toThrow(
      new ToolFailure('{"type":"opened"}'),
    );
    await expect(taken(ask, { openReference: async () => undefined })).rejects.toThrow(
      new ToolFailure('{"type":"opened"}'),
    );
  });

  /** A file of so many bytes, of which the disk still has some. */
  const file = (size: number, there = size): Reference & { isClosed: boolean } => ({
    size,
    isClosed: false,
    chunks: async function* () {
      for (let sent = 0; sent < there; sent += 65_536) {
        yield Buffer.alloc(Math.min(65_536, there - sent), 1);
      }
    },
    async close() {
      this.isClosed = true;
    },
  });

  const COUNT = `
    console.log(JSON.stringify({ type: 'open', reference: 'x' }));
    let [seen, size] = [0, 0];
    for await (const chunk of process.stdin) {
      seen += chunk.filter((byte) => byte === 1).length;
      size ||= Number(/"opened","size":(\\d+)/.exec(chunk.toString())?.[1] ?? 0);
      if (size > 0 && seen === size) break;
    }
    console.log(JSON.stringify({ type: 'failed', message: String(seen) }));
    setInterval(() => {}, 1000);
  `;

  test('has a file that the document names piece by piece', async () => {
    const reference = file(3_000_000);
    await expect(taken(COUNT, { openReference: async () => reference })).rejects.toThrow(new ToolFailure('3000000'));
    expect(reference.isClosed).toBe(true);
  });

  test('fails when such a file becomes shorter', async () => {
    const reference = file(300_000, 100_000);
    await expect(taken(COUNT, { openReference: async () => reference })).rejects.toThrow('changed while it was read');
    expect(reference.isClosed).toBe(true);
  });

  test('passes on a picture that arrives in the smallest pieces', async () => {
    const answer = await taken(`
      import { writeSync } from 'fs';
      const facts = { id: 'i1', originalWidth: 1, originalHeight: 1, width: 1, height: 1, mimeType: 'image/png' };
      const bytes = Buffer.from(JSON.stringify({ type: 'extracted', ...facts, size: 300 }) + '\\n' + '\\n'.repeat(300));
      for (const byte of bytes) writeSync(1, Buffer.from([byte]));
      console.log(JSON.stringify({ type: 'end', format: 'image', memory: 0 }));
      setInterval(() => {}, 1000);
    `);
    expect(answer).toMatchObject({
      extracted: [{ id: 'i1', data: Buffer.alloc(300, 10).toString('base64') }],
      listed: [],
      left: [],
    });
  });

  test('has no long line read, and no end of images', async () => {
    await expect(
      taken('console.log("[" + "[],".repeat(100_000) + "[]]"); setInterval(() => {}, 1000);'),
    ).rejects.toThrow('larger than this tool may give');
    await expect(
      taken(
        'for (let i = 0; i < 3000; i++) console.log(JSON.stringify({ type: "left", id: "i1", reason: "" })); ' +
        'setInterval(() => {}, 1000);',
      ),
    ).rejects.toThrow('makes no sense');
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
