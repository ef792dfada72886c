import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManifestFileTool } from '../../../src/manifest/manifest';
import { fileTool, LIMITS, make, openSandbox, Outcome, Sandbox, use } from '../support';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await openSandbox((root, outside) => {
    mkdirSync(join(root, 'docs', 'deep', 'deeper'), { recursive: true });
    mkdirSync(join(root, 'src'));
    mkdirSync(join(root, '.git'));
    writeFileSync(join(root, '.git', 'config'), '');
    writeFileSync(join(root, '.env'), 'TOKEN=needle');
    writeFileSync(join(root, 'README.md'), '# Title\n\nneedle one\nno\nNEEDLE two\n');
    writeFileSync(join(root, 'docs', 'a.md'), 'needle in docs\n');
    writeFileSync(join(root, 'docs', 'deep', 'b.txt'), 'a.c\nabc\n');
    writeFileSync(join(root, 'docs', 'deep', 'deeper', 'c.md'), '');
    writeFileSync(join(root, 'src', 'line1\nline2.ts'), 'export {};\n');
    writeFileSync(join(root, 'lines.txt'), Array.from({ length: 1000 }, (_, index) => `line ${index + 1}`).join('\n'));
    writeFileSync(join(root, 'picture.txt'), PNG);
    writeFileSync(join(root, 'binary'), Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)));
    writeFileSync(join(root, 'latin.txt'), Buffer.from([0x66, 0xfc, 0x72, 0x0a]));
    writeFileSync(join(root, 'late-nul.txt'), `${'x'.repeat(10_000)}\0`);
    writeFileSync(join(root, 'wide.txt'), 'é'.repeat(1000));
    writeFileSync(join(root, 'long.txt'), `${'y'.repeat(200_000)}needle${'z'.repeat(1000)}`);
    symlinkSync(outside, join(root, 'docs', 'out'));
    symlinkSync('..', join(root, 'docs', 'up'));
    writeFileSync(join(outside, 'secret.md'), 'needle outside');
  });
});

afterAll(async () => {
  await sandbox.close();
});

async function run(
  operation: ManifestFileTool['operation'],
  args: Record<string, unknown> = {},
  more: Partial<ManifestFileTool> = {},
): Promise<Outcome> {
  return use(await make(fileTool(operation, more), sandbox), args);
}

async function textOf(
  operation: ManifestFileTool['operation'],
  args: Record<string, unknown> = {},
  more: Partial<ManifestFileTool> = {},
): Promise<string> {
  const outcome = await run(operation, args, more);
  return outcome.kind === 'answered' ? outcome.text : JSON.stringify(outcome);
}

const small = (maxOutputBytes: number) => ({ limits: { ...LIMITS, maxOutputBytes } });

describe('list', () => {
  it('gives kinds and names, sorted, without what the policy closes', async () => {
    expect(await textOf('list', { path: 'docs' })).toBe('file\ta.md\nfolder\tdeep\nlink\tout\nlink\tup');
    expect(await textOf('list')).not.toMatch(/\.git|\.env/);
    expect(await textOf('list', {}, { paths: { allow: ['docs/**/*.txt'] } })).toBe('folder\tdocs');
    expect(await textOf('list', { path: 'docs' }, { paths: { allow: ['docs/*.md'] } })).toBe('file\ta.md');
  });

  it('quotes a name that could forge a line', async () => {
    expect(await textOf('list', { path: 'src' })).toBe('file\t"line1\\nline2.ts"');
  });

  it('ends with a mark at the limits', async () => {
    expect(await textOf('list', { path: 'docs' }, { maxEntries: 2 })).toBe(
      'file\ta.md\nfolder\tdeep\n[cut: more than 2 entries; go on with cursor "docs/deep"]',
    );
    const outcome = await run('list', {}, small(256));
    expect(outcome).toMatchObject({ kind: 'answered', result: { truncated: true } });
    expect(outcome.kind === 'answered' && Buffer.byteLength(outcome.text)).toBeLessThanOrEqual(256);
    expect((await run('list', { path: 'docs' })).kind === 'answered').toBe(true);
    expect(await run('list', { path: 'docs' }, { maxEntries: 4 })).not.toMatchObject({ result: { truncated: true } });
  });

  it('fails for a file and for what is not there', async () => {
    expect(await run('list', { path: 'README.md' })).toEqual({ kind: 'failed', message: 'it is a file, not a folder' });
    expect(await run('list', { path: 'none' })).toEqual({ kind: 'failed', message: 'no such file or folder' });
    expect(await run('list', { path: 'docs/out' })).toMatchObject({ kind: 'denied' });
  });
});

describe('tree', () => {
  it('shows what is below, and enters no link', async () => {
    expect(await textOf('tree', { path: 'docs' })).toBe('a.md\ndeep/\n  b.txt\n  deeper/\n    c.md\nout@\nup@');
  });

  it('stops at a depth and says so', async () => {
    expect(await textOf('tree', { path: 'docs', depth: 1 })).toBe(
      'a.md\ndeep/\nout@\nup@\n[cut: folders deeper than 1 are not entered]',
    );
  });

  it('shows only the folders that lead to what is allowed', async () => {
    expect(await textOf('tree', {}, { paths: { allow: ['docs/deep/*.txt'] } })).toBe('docs/\n  deep/\n    b.txt');
  });
});

describe('stat', () => {
  it('returns kind and size', async () => {
    expect(JSON.parse(await textOf('stat', { path: 'docs/a.md' }))).toMatchObject({
      kind: 'file',
      size: 15,
      modified: expect.stringMatching(/Z$/),
    });
    expect(JSON.parse(await textOf('stat', { path: '' }))).toMatchObject({ kind: 'folder' });
  });
});

describe('read', () => {
  const parts = async (args: Record<string, unknown>, more: Partial<ManifestFileTool> = {}) => {
    const outcome = await run('read', args, more);
    if (outcome.kind !== 'answered') {
      return outcome;
    }
    const [text, status] = outcome.result.content.map((part) => (part.type === 'text' ? part.text : ''));
    return { text, status: JSON.parse(status) as Record<string, unknown> };
  };

  it('gives the whole text and says that it was', async () => {
    expect(await parts({ path: 'docs/a.md' })).toEqual({
      text: 'needle in docs\n',
      status: { size: 15, offset: 0, bytes: 15, firstLine: 1, lastLine: 1, eof: true },
    });
  });

  it('gives lines', async () => {
    const size = 8892;
    expect(await parts({ path: 'lines.txt', startLine: 10, lines: 2 })).toEqual({
      text: 'line 10\nline 11\n',
      status: { size, offset: 63, bytes: 16, firstLine: 10, lastLine: 11, eof: false, nextOffset: 79 },
    });
    expect(await parts({ path: 'lines.txt', startLine: 1000 })).toMatchObject({
      text: 'line 1000',
      status: { firstLine: 1000, lastLine: 1000, eof: true },
    });
    expect(await parts({ path: 'lines.txt', startLine: 1001 })).toEqual({
      text: '',
      status: { size, offset: size, bytes: 0, eof: true },
    });
  });

  it('gives bytes, whole characters only', async () => {
    expect(await parts({ path: 'wide.txt', offset: 0, length: 5 })).toMatchObject({
      text: 'éé',
      status: { bytes: 4, eof: false, nextOffset: 4 },
    });
    expect(await parts({ path: 'wide.txt', offset: 1998 })).toMatchObject({ text: 'é', status: { eof: true } });
    expect(await parts({ path: 'wide.txt', offset: Number.MAX_SAFE_INTEGER })).toMatchObject({
      text: '',
      status: { bytes: 0, eof: true },
    });
  });

  it('cuts at the output limit and returns where to go on', async () => {
    let text = '';
    let offset = 0;
    for (let call = 0; call < 100; call += 1) {
      const part = await parts({ path: 'lines.txt', offset }, small(512));
      if (!('status' in part)) {
        throw new Error(JSON.stringify(part));
      }
      expect(Buffer.byteLength(part.text) + Buffer.byteLength(JSON.stringify(part.status))).toBeLessThanOrEqual(512);
      text += part.text;
      if (part.status.eof === true) {
        break;
      }
      offset = Number(part.status.nextOffset);
    }
    expect(text.split('\n')).toHaveLength(1000);
    expect(await run('read', { path: 'lines.txt' }, small(512))).toMatchObject({ result: { truncated: true } });
  });

  it('flags text that is not UTF-8', async () => {
    expect(await parts({ path: 'latin.txt' })).toMatchObject({ text: 'f\ufffdr\n', status: { invalidUtf8: true } });
    expect(await parts({ path: 'docs/a.md' })).not.toMatchObject({ status: { invalidUtf8: true } });
  });

  it('recognizes a picture by its content, whatever its name, and returns it as the image tools do', async () => {
    const picture = await run('read', { path: 'picture.txt' });
    expect(picture).toMatchObject({
      result: { content: [{ type: 'text' }, { type: 'image', mimeType: 'image/png' }] },
    });
    const extract = {
      kind: 'image',
      name: 'x',
      operation: 'extract',
      clients: ['codex'],
      paths: { allow: ['**'] },
      limits: LIMITS,
    } as const;
    expect(picture).toEqual(await use(await make(extract, sandbox), { path: 'picture.txt' }));
    expect(await run('read', { path: 'picture.txt' }, small(256))).toMatchObject({ kind: 'failed' });
    expect(await run('read', { path: 'picture.txt', startLine: 1 })).toMatchObject({ kind: 'failed' });
  });

  it('passes on nothing of a picture but its pixels', async () => {
    const marked = await sharp({ create: { width: 20, height: 10, channels: 3, background: 'red' } }).png().toBuffer();
    writeFileSync(
      join(sandbox.root, 'polyglot.png'),
      Buffer.concat([marked, Buffer.from('PK\u0003\u0004 <script>smuggled</script>')]),
    );
    const outcome = await run('read', { path: 'polyglot.png' });
    const [, image] = outcome.kind === 'answered' ? outcome.result.content : [];
    const bytes = Buffer.from(image?.type === 'image' ? image.data : '', 'base64');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 20, height: 10 });
    expect(bytes.includes('smuggled')).toBe(false);
    // a picture of a format that is decoded and not passed on
    writeFileSync(join(sandbox.root, 'scan.tiff'), await sharp(marked).tiff().toBuffer());
    expect(await run('read', { path: 'scan.tiff' })).toMatchObject({
      result: { content: [{}, { mimeType: 'image/png' }] },
    });
  });

  it.each([
    [
      'ico',
      Buffer.from([0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, 8, 0, 0, 0, 22, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]),
    ],
    ['heic', Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic\0\0\0\u0008free', 'latin1')],
    ['psd', Buffer.from('8BPS\0\u0001\0\0\0\0\0\0\0\u0003\0\0\0\u0010\0\0\0\u0010\0\u0008\0\u0003', 'latin1')],
    [
      'bmp',
      Buffer.from('BM\u0046\0\0\0\0\0\0\0\u0036\0\0\0\u0028\0\0\0\u0002\0\0\0\u0002\0\0\0\u0001\0\u0018\0', 'latin1'),
    ],
    ['mp3', Buffer.from('ID3\u0003\0\0\0\0\0\u0000', 'latin1')],
    ['wav', Buffer.from('RIFF\u0024\0\0\0WAVEfmt \u0010\0\0\0', 'latin1')],
    ['pdf', Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj')],
    ['elf', Buffer.from('\u007fELF\u0002\u0001\u0001\0', 'latin1')],
    ['zip', Buffer.from('PK\u0003\u0004\u0014\0\0\0', 'latin1')],
    ['a PNG that is damaged', Buffer.concat([PNG.subarray(0, 40), Buffer.alloc(100)])],
  ])('gives no %s', async (_, bytes) => {
    writeFileSync(join(sandbox.root, 'other'), bytes);
    expect(await run('read', { path: 'other' })).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/^it is a binary file, and cannot be given as a picture: /),
    });
  });

  it('takes a slot of the image tools for a picture, and frees it', async () => {
    const tool = await make(fileTool('read'), sandbox);
    const slots: string[] = [];
    const slot = async (kind: string) => {
      slots.push(kind);
      return () => void slots.push('free');
    };
    await tool.call({ path: 'docs/a.md' }, { signal: AbortSignal.timeout(5000), slot });
    expect(slots).toEqual([]);
    await tool.call({ path: 'picture.txt' }, { signal: AbortSignal.timeout(20_000), slot });
    await expect(tool.call({ path: 'binary' }, { signal: AbortSignal.timeout(20_000), slot })).rejects.toThrow(
      'binary',
    );
    expect(slots).toEqual(['image', 'free', 'image', 'free']);
  });

  it('fails for binary files', async () => {
    expect(await run('read', { path: 'binary' })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('binary'),
    });
    expect(await run('read', { path: 'late-nul.txt' })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('binary'),
    });
  });

  it('fails for two beginnings or two amounts', async () => {
    expect(await run('read', { path: 'lines.txt', startLine: 1, offset: 1 })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('not both'),
    });
    expect(await run('read', { path: 'lines.txt', lines: 1, length: 1 })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('not both'),
    });
  });

  it('gives lines from a byte on', async () => {
    expect(await parts({ path: 'lines.txt', offset: 63, lines: 2 })).toMatchObject({
      text: 'line 10\nline 11\n',
      status: { offset: 63, bytes: 16, nextOffset: 79 },
    });
    expect(await parts({ path: 'lines.txt', startLine: 10, length: 4 })).toMatchObject({
      text: 'line',
      status: { firstLine: 10, lastLine: 10, nextOffset: 67 },
    });
  });

  it('fails for a file above maxInputBytes', async () => {
    expect(await run('read', { path: 'lines.txt' }, { limits: { ...LIMITS, maxInputBytes: 100 } })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('at most 100'),
    });
  });
});

describe('find', () => {
  it('finds by name at any depth and by path', async () => {
    expect(await textOf('find', { pattern: '*.md' })).toBe('README.md\ndocs/a.md\ndocs/deep/deeper/c.md');
    expect(await textOf('find', { pattern: 'docs/**/*.{md,txt}' })).toBe(
      'docs/a.md\ndocs/deep/b.txt\ndocs/deep/deeper/c.md',
    );
    expect(await textOf('find', { pattern: 'deep*' })).toBe('docs/deep/\ndocs/deep/deeper/');
    expect(await textOf('find', { pattern: '?.txt', path: 'docs' })).toBe('docs/deep/b.txt');
    expect(await textOf('find', { pattern: '.env' })).toBe('(no match)');
    expect(await textOf('find', { pattern: 'secret*' })).toBe('(no match)');
  });
});

describe('grep', () => {
  it('finds literal text in the files the policy shows', async () => {
    expect(await textOf('grep', { pattern: 'needle', glob: '*.md' })).toBe(
      'README.md:3: needle one\ndocs/a.md:1: needle in docs',
    );
    expect(await textOf('grep', { pattern: 'a.c', path: 'docs' })).toBe('docs/deep/b.txt:1: a.c');
    expect(await textOf('grep', { pattern: 'TOKEN' })).toBe('(no match)');
  });

  it('finds expressions and any case', async () => {
    expect(await textOf('grep', { pattern: '^a.c$', regex: true })).toBe(
      'docs/deep/b.txt:1: a.c\ndocs/deep/b.txt:2: abc',
    );
    expect(await textOf('grep', { pattern: 'needle', ignoreCase: true, path: 'README.md' })).toBe(
      'README.md:3: needle one\nREADME.md:5: NEEDLE two',
    );
  });

  it('shows the neighbourhood of a match in a long line', async () => {
    const text = await textOf('grep', { pattern: 'needle', path: 'long.txt' });
    expect(text).toMatch(/^long\.txt:1: …y+needlez+…$/);
    expect(text.length).toBeLessThan(500);
  });

  it('fails for an expression that is broken or too large', async () => {
    expect(await run('grep', { pattern: '(', regex: true })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('cannot be used'),
    });
    expect(await run('grep', { pattern: '(?=x)', regex: true })).toMatchObject({ kind: 'failed' });
    expect(await run('grep', { pattern: '(a{30}){30}(b{30}){30}(c{30}){30}', regex: true })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('too large'),
    });
  });

  it('ends with an expression that would backtrack', async () => {
    writeFileSync(join(sandbox.root, 'redos.log'), `${'a'.repeat(60_000)}b`);
    expect(await textOf('grep', { pattern: '(a+)+$', regex: true, path: 'redos.log' })).toBe('(no match)');
  });

  it('stops at the limits with a mark', async () => {
    expect(await textOf('grep', { pattern: 'line', path: 'lines.txt' }, { maxEntries: 1 })).toBe(
      'lines.txt:1: line 1\n[cut: more than 1 matches; go on with cursor "lines.txt:2:7"]',
    );
  });

  it('stops when the signal fires, and lets the server breathe meanwhile', async () => {
    writeFileSync(join(sandbox.root, 'big.log'), '');
    truncateSync(join(sandbox.root, 'big.log'), 0);
    writeFileSync(join(sandbox.root, 'big.log'), 'some line of text\n'.repeat(1_500_000));
    const tool = await make(fileTool('grep'), sandbox);
    let ticks = 0;
    const ticking = setInterval(() => { ticks += 1; }, 5);
    expect(
      await use(tool, { pattern: 'nothing here', path: 'big.log', ignoreCase: true }, AbortSignal.timeout(150)),
    ).toMatchObject({
      kind: 'failed',
      message: 'stopped before it was done',
    });
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(2);
  });
});

describe('arguments', () => {
  it('fails for what is not declared, of the wrong type, with NUL or half a surrogate pair', async () => {
    for (const args of [
      { path: 'a', mode: 1 },
      { path: { a: 1 } },
      { path: ['ok.txt'] },
      { path: 'a\0' },
      { path: 'a\ud800' },
      {},
    ]) {
      expect(await run('read', args)).toEqual({ kind: 'refused', rule: 'arguments' });
    }
  });
});
