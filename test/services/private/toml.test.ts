import { Content } from '../../../src/core';
import { tomlContent, tomlString, tomlStrings } from '../../../src/services/private/toml';

describe('TOML', () => {
  test('has strings of one line without anything hidden in them', () => {
    expect(tomlString('a "b" \\ \n\t\u0000 \u007f\u007f \u00e9')).toBe(
      '"a \\"b\\" \\\\ \\n\\t\\u0000 \\u007F\\u007F \u00e9"',
    );
    expect([tomlStrings([]), tomlStrings(['a', '"'])]).toEqual(['[]', '["a", "\\""]']);
  });

  test('takes lines as they stand, and pieces that a target resolves', () => {
    const provenance = Content.provenance();
    expect(tomlContent('a = 1\n', provenance)).toEqual([Content.text('a = 1\n'), provenance]);
  });
});
