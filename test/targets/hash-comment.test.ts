import { hashComment } from '../../src/targets/target-file';

describe('a comment that begins with #', () => {
  test('begins every line that some reader sees', () => {
    expect(
      ['\n', '\r', '\v', '\f', '\x85', '\u2028', '\u2029', '\r\n', '\n\n'].map((end) => hashComment(`a${end}b: c`)),
    ).toEqual(Array(9).fill('# a\n# b: c'));
  });

  test('has no spaces at the ends of lines', () => {
    expect([hashComment('a  \nb '), hashComment(''), hashComment(' a')]).toEqual(['# a\n# b', '#', '#  a']);
  });
});
