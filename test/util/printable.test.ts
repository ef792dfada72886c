import { isUnprintable, printable } from '../../src/util/printable';

const UNPRINTABLE: Readonly<Record<string, string>> = {
  '\u0000': '\\x00',
  '\n': '\\x0a',
  '\u001b': '\\x1b',
  '\u001f': '\\x1f',
  '\u007f': '\\x7f',
  '\u009f': '\\x9f',
  '\u00ad': '\\xad',
  '\u061c': '\\u061c',
  '\u180e': '\\u180e',
  '\u200b': '\\u200b',
  '\u200f': '\\u200f',
  '\u2028': '\\u2028',
  '\u202e': '\\u202e',
  '\u2060': '\\u2060',
  '\u206f': '\\u206f',
  '\ufeff': '\\ufeff',
  '\ufff9': '\\ufff9',
  '\ufffb': '\\ufffb',
  '\ud800': '\\ud800',
  '\udfff': '\\udfff',
  '\u{e0000}': '\\u{e0000}',
  '\u{e007f}': '\\u{e007f}',
};

describe('text for a terminal', () => {
  test('has an escape for every character that a terminal would obey or hide', () => {
    expect(Object.fromEntries(Object.keys(UNPRINTABLE).map((one) => [one, printable(one)]))).toEqual(UNPRINTABLE);
    expect(Object.keys(UNPRINTABLE).filter((one) => !isUnprintable(`a${one}b`))).toEqual([]);
    expect(printable('a\u0000\u202eb')).toBe('a\\x00\\u202eb');
  });

  test('has every other character as it is', () => {
    const seen = ' ~\u00a0\u00ae\u00e9\u2010\u202f\u2070\ufffc\u{1f600}\u{e1000}\\x00';
    expect([printable(seen), isUnprintable(seen)]).toEqual([seen, false]);
  });
});
