import { aService, messages } from './support';
import { EnvironmentValue } from '../../src/core';
import { textControl } from '../../src/rules/text-control';

describe('rule text-control', () => {
  test('fails for characters that cannot be seen or carried', () => {
    for (const [text, code] of [['a\u0000b', '0000'], ['a\rb', '000D'], ['\u001b[31m', '001B'], ['\u0085', '0085'], ['\u202e', '202E'], ['\ufeffx', 'FEFF'], ['\ud800', 'D800'], ['\u2028', '2028']]) {
      expect(messages(textControl, (box) => aService(box, 'a', { environment: { A: EnvironmentValue.literal(text) } }))).toEqual([expect.stringContaining(`The variable A holds U+${code}`)]);
    }
    expect(messages(textControl, (box) => aService(box, 'a', { description: '\u0007', command: ['\u0007'] }))).toHaveLength(2);
  });

  test('accepts tabs, line feeds and signs of all scripts', () => {
    expect(messages(textControl, (box) => aService(box, 'a', { environment: { A: EnvironmentValue.literal('a\tb\nc \u{1F600} \u00e9') } }))).toEqual([]);
  });
});
