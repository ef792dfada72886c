import { expansionText, shellWord } from '../../../src/targets/kubernetes/escape';

test('a kubelet gives back the very text', () => {
  const cases: Readonly<Record<string, string>> = {
    '$': '$', '$a': '$a', 'a$': 'a$', '$(A)': '$$(A)', '$$': '$$$$', '$$(A)': '$$$$(A)', '$ (A)': '$ (A)', '($)': '($)', '${A} $(B) $$$': '${A} $$(B) $$$$$$', '': '',
  };
  expect(Object.fromEntries(Object.keys(cases).map((text) => [text, expansionText(text)]))).toEqual(cases);
});

test('a word for a shell is quoted unless every shell takes it as it is', () => {
  expect(['aZ09_./:@=,+-', 'a b', '', "it's", 'a;', ';a'].map(shellWord)).toEqual(['aZ09_./:@=,+-', "'a b'", "''", "'it'\\''s'", "'a;'", "';a'"]);
});
