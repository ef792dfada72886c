import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManifestFileTool } from '../../../src/manifest/manifest';
import { answerBytes } from '../../../src/tools/answer-text';
import { walk, WalkOptions } from '../../../src/tools/file/walk';
import { Turns } from '../../../src/tools/turns';
import { PathPolicy } from '../../../src/workspace';
import { fileTool, LIMITS, make, openSandbox, Sandbox, use } from '../support';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await openSandbox((root) => {
    for (const folder of ['a', 'a/b', 'a/b/c', 'a.d', 'é', 'z"', 'empty']) {
      mkdirSync(join(root, folder), { recursive: true });
      for (const name of folder === 'empty' ? [] : ['1.md', '2.txt', 'line\nfeed', '\u202emirrored', 'ünï']) {
        writeFileSync(join(root, folder, name), 'one\ntwo needle\nthree\nneedle\nneedle needle');
      }
    }
    symlinkSync('a', join(root, 'link'));
    for (const bytes of [[0x61, 0xff], [0xe9, 0x2e, 0x6d, 0x64]]) {
      writeFileSync(Buffer.concat([Buffer.from(`${root}/a/b/`), Buffer.from(bytes)]), 'needle');
    }
    mkdirSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x62, 0xff])]));
  });
});

afterAll(async () => sandbox.close());

const CURSOR = /\n?\[cut: [^\n]*; go on with cursor (".*")\]$/;

/** Asks for page after page. */
async function pages(
  operation: ManifestFileTool['operation'],
  args: Record<string, unknown>,
  more: Partial<ManifestFileTool>,
): Promise<string[]> {
  const tool = await make(fileTool(operation, more), sandbox);
  const texts: string[] = [];
  let cursor: string | undefined;
  do {
    const outcome = await use(tool, cursor === undefined ? args : { ...args, cursor });
    if (outcome.kind !== 'answered') {
      throw new Error(JSON.stringify(outcome));
    }
    expect(answerBytes(outcome.text)).toBeLessThanOrEqual(more.limits?.maxOutputBytes ?? Infinity);
    const [, found] = CURSOR.exec(outcome.text) ?? [];
    cursor = found === undefined ? undefined : (JSON.parse(found) as string);
    texts.push(outcome.text.replace(CURSOR, ''));
  } while (cursor !== undefined && texts.length < 1000);
  return texts.filter((text) => text !== '' && text !== '(no match)' && text !== '(nothing the policy shows)');
}

describe.each<[ManifestFileTool['operation'], Record<string, unknown>]>([
  ['list', {}],
  ['list', { path: 'a/b' }],
  ['tree', {}],
  ['tree', { path: 'a' }],
  ['find', { pattern: '*.md' }],
  ['find', { pattern: '**/*' }],
  ['grep', { pattern: 'needle' }],
  ['grep', { pattern: 'n[e]+dle', regex: true, path: 'a' }],
  ['grep', { pattern: 'NEEDLE', ignoreCase: true, path: 'a/1.md' }],
])('%s %j in pages', (operation, args) => {
  it.each([1, 2, 7])('of %i entries gives what one answer gives', async (maxEntries) => {
    const [whole] = await pages(operation, args, { maxEntries: 1000 });
    const split = await pages(operation, args, { maxEntries });
    expect(split.join('\n')).toBe(whole);
    expect(split.length).toBeGreaterThan(whole.split('\n').length / maxEntries - 1);
  });

  it('of 300 bytes gives what one answer gives', async () => {
    const [whole] = await pages(operation, args, { maxEntries: 1000 });
    expect((await pages(operation, args, { limits: { ...LIMITS, maxOutputBytes: 300 } })).join('\n')).toBe(whole);
  });

  it('ends each page with the time of a call, and gives all the same', async () => {
    const [whole] = await pages(operation, args, { maxEntries: 1000 });
    // most of its time is over at once
    expect((await pages(operation, args, { limits: { ...LIMITS, timeoutMs: 0 } })).join('\n')).toBe(whole);
  });
});

describe('a walk', () => {
  const walked = async (more: Partial<WalkOptions>): Promise<string[]> => {
    const { signal } = new AbortController();
    const options = {
      workspace: sandbox.environment.workspace,
      paths: PathPolicy.of({ allow: ['**'] }),
      signal,
      turns: new Turns(signal),
      maxDepth: 64,
      maxOutputBytes: 256,
    };
    const paths: string[] = [];
    for await (const { path } of walk('', { ...options, ...more })) {
      paths.push(path);
    }
    return paths;
  };

  it.each([1, 2, 3, 8])('that keeps %i names of a folder at once finds all of them', async (maxKept) => {
    const all = await walked({});
    expect(all.length).toBeGreaterThan(30);
    expect(await walked({ maxKept })).toEqual(all);
    for (const cursor of all) {
      expect(await walked({ maxKept, cursor })).toEqual(all.slice(all.indexOf(cursor) + 1));
    }
  });

  it('keeps no names that are not wanted', async () => {
    expect(await walked({ wants: ({ name }) => name === '1.md' })).toEqual([
      'a',
      'a/1.md',
      'a/b',
      'a/b/1.md',
      'a/b/c',
      'a/b/c/1.md',
      'a.d',
      'a.d/1.md',
      'b\\xff',
      'empty',
      'z"',
      'z"/1.md',
      'é',
      'é/1.md',
    ]);
  });
});

describe('a cursor', () => {
  it('need not name anything that is there', async () => {
    expect(await pages('list', { path: 'a', cursor: 'a/2' }, {})).toEqual([
      'file\t2.txt\nfolder\tb\nfile\t"line\\nfeed"\nfile\tünï\nfile\t"\\u202emirrored"',
    ]);
    expect(await pages('find', { pattern: '*.md', cursor: 'a/bb/x' }, {})).toEqual(['a.d/1.md\nz"/1.md\né/1.md']);
  });

  it('is refused for another folder, or if it is no cursor', async () => {
    const run = async (operation: ManifestFileTool['operation'], args: Record<string, unknown>) =>
      use(await make(fileTool(operation), sandbox), args);
    expect(await run('list', { path: 'a', cursor: 'é/1.md' })).toEqual({
      kind: 'failed',
      message: 'the cursor is for another folder; give the path that it came with',
    });
    expect(await run('grep', { pattern: 'x', cursor: 'a/1.md' })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('not one of a search'),
    });
  });

  it('opens nothing that the policy closes', async () => {
    const paths = { allow: ['**'], deny: ['a/b'] };
    for (const cursor of ['a/b/1.md:1:0', '../outside/x:1:0', '/etc/passwd:1:0', 'a/b:end']) {
      expect((await pages('grep', { pattern: 'needle', cursor }, { paths })).join()).not.toMatch(/a\/b|passwd|outside/);
    }
  });
});

describe('a name that is not UTF-8', () => {
  it('is shown with its bytes escaped', async () => {
    expect((await pages('list', { path: 'a/b' }, {})).join()).toContain('file\t"\\xe9.md"');
    expect((await pages('list', {}, {})).join()).toContain('folder\t"b\\xff"');
    expect((await pages('tree', { path: 'a' }, {})).join()).toContain('  "\\xe9.md"');
    expect((await pages('find', { pattern: '*.md' }, {})).join()).toContain('"a/b/\\xe9.md"');
  });

  it('is closed like others', async () => {
    expect(
      (await pages('find', { pattern: '*' }, { paths: { allow: ['**'], deny: ['**/*.md', 'b*'] } })).join(),
    ).not.toMatch(/xe9|b\\xff/);
  });

  it('cannot be opened', async () => {
    expect(await use(await make(fileTool('read'), sandbox), { path: 'a/b/\\xe9.md' })).toMatchObject({
      kind: 'denied',
      rule: 'path.backslash',
    });
  });
});
