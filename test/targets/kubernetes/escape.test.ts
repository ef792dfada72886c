import { expansionText } from '../../../src/targets/kubernetes/escape';

test('a kubelet gives back the very text', () => {
  const cases: Readonly<Record<string, string>> = {
    '$': '$',
    '$a': '$a',
    'a$': 'a$',
    '$(A)': '$$(A)',
    '$$': '$$$$',
    '$$(A)': '$$$$(A)',
    '$ (A)': '$ (A)',
    '($)': '($)',
    '${A} $(B) $$$': '${A} $$(B) $$$$$$',
    '': '',
  };
  expect(Object.fromEntries(Object.keys(cases).map((text) => [text, expansionText(text)]))).toEqual(cases);
});
