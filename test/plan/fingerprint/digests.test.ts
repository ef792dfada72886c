import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentDigest } from '../../../src/plan/fingerprint/content-digest';
import { canonicalDigest, changesBetween } from '../../../src/plan/fingerprint/parts';

describe('the digest of plain data', () => {
  test('is the same whatever the order of keys, at any depth', () => {
    expect(canonicalDigest({ a: 1, b: [{ c: 1, d: null }] })).toBe(canonicalDigest({ b: [{ d: null, c: 1 }], a: 1 }));
  });

  test('is another one for anything else', () => {
    const different = [
      { a: 1 },
      { a: '1' },
      { a: null },
      { b: 1 },
      { a: 1, b: 1 },
      {},
      [],
      [1, 2],
      [2, 1],
      { 0: 1, 1: 2 },
      'x',
      '',
      null,
      undefined,
      0,
      true,
    ];
    expect(new Set(different.map(canonicalDigest)).size).toBe(different.length);
    expect(canonicalDigest({ a: undefined })).toBe(canonicalDigest({}));
  });
});

test('changes between fingerprints are sorted by name, and what is the same is none', () => {
  const recorded = [{ name: 'z gone', digest: '1' }, { name: 'same', digest: '2' }, { name: 'changed', digest: '3' }];
  const present = [{ name: 'same', digest: '2' }, { name: 'changed', digest: '4' }, { name: 'a new', digest: '1' }];
  expect(changesBetween(recorded, present)).toEqual([
    { part: 'a new', how: 'new' },
    { part: 'changed', how: 'changed' },
    { part: 'z gone', how: 'gone' },
  ]);
  expect(changesBetween(recorded, recorded)).toEqual([]);
});

describe('the digest of files', () => {
  let root: string;
  beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'toolbox-')); });
  afterEach(() => rmSync(root, { recursive: true }));
  const at = (name: string): string => join(root, name);

  test('is that of one file, of a folder with the names in it, or of what the path itself links to', () => {
    writeFileSync(at('one'), 'x');
    writeFileSync(at('two'), 'x');
    mkdirSync(at('folder'));
    writeFileSync(at('folder/one'), 'x');
    symlinkSync('folder', at('link'));
    const [one, two, folder, link] = ['one', 'two', 'folder', 'link'].map((name) => contentDigest(at(name)));
    expect([one, folder]).toEqual([
      expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    ]);
    expect([two, link]).toEqual([one, folder]);
    expect(folder).not.toBe(one);
  });

  test('depends on which file has which content', () => {
    mkdirSync(at('a/b'), { recursive: true });
    const put = (one: string, two: string): string | undefined => {
      writeFileSync(at('a/x'), one);
      writeFileSync(at('a/b/x'), two);
      return contentDigest(root);
    };
    expect(put('1', '2')).not.toBe(put('2', '1'));
    expect(put('1\r\n2\r\n', '')).toBe(put('1\n2\n', ''));
    expect(put('1\r2', '')).not.toBe(put('1\n2', ''));
    expect(put('\u00e9', '')).not.toBe(put('\u00e8', ''));
    // a single byte, as in Latin-1
    writeFileSync(at('a/x'), Buffer.from([0xe9, 13, 10]));
    const converted = contentDigest(root);
    writeFileSync(at('a/x'), Buffer.from([0xe9, 10]));
    expect(contentDigest(root)).toBe(converted);
  });

  test('is of what a filter takes, in folders that it enters', () => {
    mkdirSync(at('in'));
    mkdirSync(at('out'));
    ['in/yes', 'in/no', 'out/yes', 'yes'].forEach((name) => writeFileSync(at(name), name));
    const asked: string[] = [];
    const filter = {
      takes: (file: string) => {
        asked.push(file);
        return file.endsWith('yes');
      },
      below: (folder: string): 'ask' | 'none' => (folder === 'in' ? 'ask' : 'none'),
    };
    const before = contentDigest(root, filter);
    expect(asked.sort()).toEqual(['in/no', 'in/yes', 'yes']);
    writeFileSync(at('in/no'), 'other');
    writeFileSync(at('out/yes'), 'other');
    expect(contentDigest(root, filter)).toBe(before);
    writeFileSync(at('in/yes'), 'other');
    expect(contentDigest(root, filter)).not.toBe(before);
  });

  test('is of all of a folder where a filter says so, without asking again', () => {
    mkdirSync(at('all/deep'), { recursive: true });
    writeFileSync(at('all/deep/no'), '1');
    const filter = { takes: () => false, below: (): 'all' => 'all' };
    const before = contentDigest(root, filter);
    writeFileSync(at('all/deep/no'), '2');
    expect(contentDigest(root, filter)).not.toBe(before);
  });

  test('is undefined for more than 10,000 files', () => {
    for (let index = 0; index < 10_000; index += 1) { writeFileSync(at(String(index)), ''); }
    expect(contentDigest(root)).toBeDefined();
    writeFileSync(at('one more'), '');
    expect(contentDigest(root)).toBeUndefined();
  });

  test('is undefined when there is nothing, and when there is too much', () => {
    expect(contentDigest(at('nothing'))).toBeUndefined();
    writeFileSync(at('huge'), '');
    truncateSync(at('huge'), 256 * 1024 * 1024 + 1);
    expect(contentDigest(root)).toBeUndefined();
    expect(contentDigest(root, { takes: () => false, below: () => 'ask' })).toBeDefined();
  });
});
