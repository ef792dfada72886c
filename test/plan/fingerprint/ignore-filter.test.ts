import { ignoreFilter } from '../../../src/plan/fingerprint/ignore-filter';

function below(
  lines: readonly string[],
  folders: readonly string[],
  dockerfile = 'Dockerfile',
): Record<string, string> {
  const filter = ignoreFilter(lines.join('\n'), dockerfile);
  return Object.fromEntries(folders.map((folder) => [folder, filter.below(folder)]));
}

describe('the filter of an ignore file', () => {
  test('takes what is not ignored, and always the Dockerfile', () => {
    const filter = ignoreFilter('*\r\n!src\r\n', 'build/Dockerfile');
    expect(
      ['src/a.js', 'a.js', 'Dockerfile', 'build/Dockerfile', 'build/other'].map((file) => filter.takes(file)),
    ).toEqual([true, false, false, true, false]);
  });

  test('says of a folder as deep as any pattern that all or nothing of it counts', () => {
    expect(below(['node_modules', '# words'], ['node_modules', 'src'])).toEqual({ node_modules: 'none', src: 'all' });
    expect(below(['a/b'], ['a', 'a/b', 'a/c', 'a/c/d'])).toEqual({
      'a': 'ask',
      'a/b': 'none',
      'a/c': 'all',
      'a/c/d': 'all',
    });
    expect(below(['a'], ['a', 'b'], 'deep/in/Dockerfile')).toEqual({ a: 'none', b: 'ask' });
  });

  test('is asked at every depth as long as a pattern has no depth', () => {
    expect(below(['**/*.md'], ['a', 'a/b', 'a/b/c/d'])).toEqual({ 'a': 'ask', 'a/b': 'ask', 'a/b/c/d': 'ask' });
  });

  test('enters an ignored folder for an exception that may lie in it, and no other', () => {
    const folders = ['vendor', 'vendor/kept', 'vendor/other', 'vend', 'kept'];
    expect(below(['*', '!vendor/kept/one.js'], folders)).toEqual({
      'vendor': 'ask',
      'vendor/kept': 'ask',
      'vendor/other': 'none',
      'vend': 'none',
      'kept': 'none',
    });
    expect(below(['*', ' # !kept/a/b/c', 'x/kept/y'], folders)).toEqual({
      'vendor': 'none',
      'vendor/kept': 'none',
      'vendor/other': 'none',
      'vend': 'none',
      'kept': 'none',
    });
  });

  test.each(['!ab*/deep/er', '!ab?/deep/er', '!ab[c]/deep/er', '!ab\\c/deep/er'])(
    'takes %s for anything that begins like it',
    (exception) => {
      expect(below(['*', exception], ['abc', 'a', 'abc/deep', 'x'])).toEqual({
        'abc': 'ask',
        'a': 'none',
        'abc/deep': 'ask',
        'x': 'none',
      });
    },
  );

  test('enters the folders above the first sign of a pattern', () => {
    expect(below(['*', '!one/two/x*/y'], ['one', 'one/two', 'one/two/xa', 'one/two/a', 'two'])).toEqual({
      'one': 'ask', 'one/two': 'ask', 'one/two/xa': 'ask', 'one/two/a': 'none', 'two': 'none',
    });
  });

  test('reads an exception with a slash before it, spaces around it and dots in it like the plain one', () => {
    for (const exception of ['!/kept/a/b', '!kept/./a/b', '! kept/a/b  ', '!x/../kept/a/b']) {
      expect(below(['*', exception], ['kept', 'kept/a', 'other'])).toEqual({
        'kept': 'ask',
        'kept/a': 'ask',
        'other': 'none',
      });
    }
  });

  test('enters the folder of the Dockerfile', () => {
    expect(below(['*'], ['build', 'src'], 'build/Dockerfile')).toEqual({ build: 'ask', src: 'none' });
  });
});
