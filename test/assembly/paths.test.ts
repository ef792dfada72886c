import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder, put, removeFolders } from './support';
import { filesBelow, foldersOf, look, readIfThere } from '../../src/assembly/private/look';
import { parseManifest, renderManifest, sha256 } from '../../src/assembly/private/manifest';
import { fold, judgeFiles, pathProblem } from '../../src/assembly/private/output-path';
import { errorCode } from '../../src/util/system-error';

afterEach(removeFolders);

describe('a look at a path', () => {
  test('distinguishes files, folders, links and missing paths, also below a file', () => {
    const root = aFolder();
    put(root, 'file', 'text');
    mkdirSync(join(root, 'folder'));
    symlinkSync('file', join(root, 'link'));
    symlinkSync('nothing', join(root, 'broken'));
    const paths = ['file', 'folder', 'link', 'broken', 'nothing', 'file/below'].map((name) => join(root, name));
    expect(paths.map((path) => look(path).kind)).toEqual(['file', 'directory', 'link', 'link', 'missing', 'missing']);
    expect(paths.map((path) => look(path).stats !== undefined)).toEqual([true, true, true, true, false, false]);
    expect(look('/dev/null').kind).toBe('other');
    expect(paths.map(readIfThere)).toEqual(['text', undefined, undefined, undefined, undefined, undefined]);
    expect(() => look(join(root, 'x'.repeat(300)))).toThrow('ENAMETOOLONG');
  });

  test('finds every file below a folder, links as such, and skips what is named', () => {
    const root = aFolder();
    ['a', 'b/c', 'b/d/e', 'skip/f', 'b/skip'].forEach((path) => put(root, path, ''));
    symlinkSync('b', join(root, 'link'));
    expect([...filesBelow(root, '', (name) => name === 'skip')].sort()).toEqual(['a', 'b/c', 'b/d/e', 'link']);
    expect([...filesBelow(root, 'b')].sort()).toEqual(['b/c', 'b/d/e', 'b/skip']);
  });

  test('knows the folders of a path, outermost first', () => {
    expect([foldersOf('a/b/c'), foldersOf('a')]).toEqual([['a', 'a/b'], []]);
  });

  test('knows the code of a system error, and of no other', () => {
    expect([{ code: 'ENOENT' }, { code: 5 }, new Error('x'), null, undefined, 'ENOENT'].map(errorCode)).toEqual([
      'ENOENT',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('a manifest', () => {
  const files = [{ path: 'b "x".yaml', content: 'b' }, { path: 'a', content: 'a' }];

  test('is read back as it was written', () => {
    const text = renderManifest('src/main.ts', files, [{ path: 'kept', digest: `sha256:${'0'.repeat(64)}` }]);
    expect(parseManifest(text)).toEqual({
      whole: true,
      incomplete: false,
      entries: new Map([
        ['a', [sha256('a')]],
        ['kept', ['0'.repeat(64)]],
      ]),
    });
    expect(text).toContain(
      `"files": {\n    "a": "${sha256('a')}",\n    "b \\"x\\".yaml": "${sha256('b')}",\n    "kept": `
        + `"${'0'.repeat(64)}"\n  }\n}\n`,
    );
    expect(renderManifest('src/main.ts', [])).toMatch(/^\{\n {2}"\$comment": ".*",\n {2}"files": \{\}\n\}\n$/);
  });

  test('with both sides of a conflict has the files of both, and is not whole', () => {
    const line = (path: string): string => `    ${JSON.stringify(path)}: "${'1'.repeat(64)}",`;
    expect(parseManifest(`{ "files": {\n<<<<<<< HEAD\n${line('a')}\n=======\n${line('b')}\n>>>>>>> other\n}}`)).toEqual(
      {
        whole: false,
        incomplete: false,
        entries: new Map([
          ['a', ['1'.repeat(64)]],
          ['b', ['1'.repeat(64)]],
        ]),
      },
    );
  });

  test('that is lost, damaged or of something else has nothing', () => {
    const nothing = { entries: new Map(), whole: false, incomplete: false };
    expect([undefined, '', '[]', 'null', '"files"', '1', '{"file":{}}'].map(parseManifest)).toEqual(
      Array(7).fill(nothing),
    );
  });

  test('names nothing outside of the folder, and nothing that is no entry', () => {
    const hash = 'a'.repeat(64);
    const lines = [
      `"../x": "${hash}"`,
      `"/x": "${hash}"`,
      `"\\q": "${hash}"`,
      `"x": "${hash}0"`,
      `"x": "${hash.toUpperCase()}"`,
      `x "y": "${hash}"`,
      `"z": "${hash}" }`,
      `"": "${hash}"`,
    ];
    expect(parseManifest(lines.join('\n')).entries.size).toBe(0);
    expect([
      ...parseManifest(`"good": "${hash}"  \n\t"too" : "${hash}"\n "tab\\u0009": "${hash}"`).entries.keys(),
    ]).toEqual(['good']);
  });
});

describe('what is wrong with a path', () => {
  test.each([
    ['', 'is empty'],
    ['x'.repeat(1025), 'is longer than 1024 characters'],
    ['a\u0000', 'has a control or invisible character'],
    ['/a', 'is absolute'],
    ['a:b', 'has the character :'],
    ['a//b', 'has an empty part'],
    ['a/../b', 'has the part ".."'],
    ['./a', 'has the part "."'],
    ['a /b', 'has the part "a ", which begins with a space or ends with a space or dot'],
    [' a', 'has the part " a", which begins with a space or ends with a space or dot'],
    ['a.', 'has the part "a.", which begins with a space or ends with a space or dot'],
    ['.Git', 'has the part ".Git", which belongs to git'],
    ['AUX.txt', 'has the part "AUX.txt", which is a device on Windows'],
    ['com0', 'has the part "com0", which is a device on Windows'],
    ['LPT\u00b3.x', 'has the part "LPT\u00b3.x", which is a device on Windows'],
    ['\u00e9'.repeat(128), 'has a part longer than 255 bytes'],
    ['.toolbox-LOCK/x', 'uses the reserved name ".toolbox-LOCK"'],
  ])('%j %s', (path, problem) => {
    expect(pathProblem(path)).toBe(problem);
  });

  test('is nothing for what every system takes', () => {
    const good = [
      'a',
      `${'x'.repeat(255)}/${'y'.repeat(255)}`,
      `${'x/'.repeat(511)}yy`,
      'a b/c.d',
      '.a',
      'aux1',
      'x.aux',
      'xcon',
      'com',
      'comx',
      'conin',
      '.gitignore',
      'a/.toolbox-lock',
      '\u00e9'.repeat(127),
    ];
    expect(good.filter((path) => pathProblem(path) !== undefined)).toEqual([]);
    expect(good[2]).toHaveLength(1024);
  });

  test('is another path that is the same on some system, named with it', () => {
    const clash = (...paths: string[]): string[] =>
      judgeFiles(paths.map((path) => ({ path, content: 'x\n' }))).map(({ message }) => message);
    expect(clash('a/b', 'A/c')).toEqual(['The generated files "a" and "A/c" are in each other\'s way.']);
    expect(clash('a/b', 'a')).toEqual(['The generated files "a" and "a" are in each other\'s way.']);
    expect(clash('a', 'a/b/c')).toEqual(['The generated files "a" and "a/b/c" are in each other\'s way.']);
    expect(clash('a/b', 'a/c', 'd/b', 'a/b.x')).toEqual([]);
    expect([fold('\u00c9'), fold('STRASSE'), fold('stra\u00dfe'), fold('\u212a')]).toEqual([
      '\u00e9',
      'strasse',
      'strasse',
      'k',
    ]);
  });
});

test.each([
  ['a\r\n', 'has a carriage return'],
  ['a\u0007\n', 'has a control character'],
  ['a\u007f\n', 'has a control character'],
  ['a', 'does not end with a line feed'],
  ['', 'does not end with a line feed'],
  ['a\ud800\n', 'has half a character (a lone surrogate)'],
])('a content of %j %s', (content, problem) => {
  expect(judgeFiles([{ path: 'a', content }])).toMatchObject([
    { rule: 'output-content', message: `The generated file "a" ${problem}.` },
  ]);
  expect(judgeFiles([{ path: 'a', content: 'tab\t\u00e9\u{1f600}\n\n' }])).toEqual([]);
});
