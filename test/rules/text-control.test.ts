import { aService, messages } from './support';
import { EnvironmentValue } from '../../src/core';
import { textControl } from '../../src/rules/text-control';

describe('rule text-control', () => {
  test('fails for characters that cannot be seen or carried', () => {
    for (const [text, code] of [
      ['a\u0000b', '0000'],
      ['\u001b[31m', '001B'],
      ['\u0085', '0085'],
      ['\u202e', '202E'],
      ['\ufeffx', 'FEFF'],
      ['\ud800', 'D800'],
      ['a\u200bb', '200B'],
      ['\u2060', '2060'],
      ['\u3164', '3164'],
      ['\ufe00', 'FE00'],
      ['\u{e0041}', 'E0041'],
    ]) {
      expect(
        messages(textControl, (box) => aService(box, 'a', { environment: { A: EnvironmentValue.literal(text) } })),
      ).toEqual([expect.stringContaining(`The variable A holds U+${code}`)]);
    }
    expect(
      messages(textControl, (box) => aService(box, 'a', { description: '\u0007', command: ['\u0007'] })),
    ).toHaveLength(2);
  });

  test('accepts what parts lines where it stands in quotes with escapes, and nowhere else', () => {
    for (const text of ['a\rb', '\u2028x', 'x\u2029']) {
      expect(
        messages(textControl, (box) =>
          aService(box, 'a', { environment: { A: EnvironmentValue.literal(text) }, command: [text] }),
        ),
      ).toEqual([]);
      expect(messages(textControl, (box) => aService(box, 'a', { description: text }))).toEqual([
        expect.stringContaining('The description holds U+'),
      ]);
    }
  });

  test('fails for an id that the name does not show', () => {
    expect(messages(textControl, (box) => aService(box, 'a\u0007', { name: 'a' }))).toEqual([
      'The path holds U+0007 at position 6.',
    ]);
  });

  test('fails for hidden characters in an override, in keys and in values', () => {
    expect(
      messages(textControl, (box) =>
        aService(box, 'a').overrideCompose('labels', { 'a\u0007': 'x', 'b': ['\u009b', 1] }, 'Because'),
      ),
    ).toEqual([
      expect.stringContaining('The override of "labels" holds U+0007'),
      expect.stringContaining('The override of "labels" holds U+009B'),
    ]);
  });

  test('accepts the joiners and marks without which some scripts cannot be written', () => {
    for (const text of [
      '\u0645\u06cc\u200c\u062e',
      '\u{1f468}\u200d\u{1f469}',
      'a\u200e',
      '\u05d0\u200f',
      '\u061c',
      '\u034f',
      '\u180b',
      '\u2714\ufe0f',
    ]) {
      expect(messages(textControl, (box) => aService(box, 'a', { description: text }))).toEqual([]);
    }
  });

  test('accepts tabs, line feeds and signs of all scripts', () => {
    expect(
      messages(textControl, (box) =>
        aService(box, 'a', { environment: { A: EnvironmentValue.literal('a\tb\nc \u{1F600} \u00e9') } }),
      ),
    ).toEqual([]);
  });
});
