import { shellLine, shellWord } from '../../src/targets/host-commands';

test('a word for a shell is quoted unless every shell takes it as it is', () => {
  const cases = {
    'aZ09_./:@=,+-': 'aZ09_./:@=,+-',
    'a b': "'a b'",
    '': "''",
    "it's 'x'": "'it'\\''s '\\''x'\\'''",
    '$a': "'$a'",
    'a;': "'a;'",
    ';a': "';a'",
  };
  expect(Object.fromEntries(Object.keys(cases).map((word) => [word, shellWord(word)]))).toEqual(cases);
});

test('a command line has its words side by side', () => {
  expect(shellLine('run', 'a b', '--x=1')).toBe("run 'a b' --x=1");
});
