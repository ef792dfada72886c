import { asSet, GARVIS, linesOf, reversed, Texts } from './support';
import { WIDENINGS } from './widenings';
import { findChanges } from '../../src/diff/find-changes';
import { formatChange } from '../../src/diff/format-changes';

test('what is the same needs no words', () => {
  expect(linesOf(GARVIS, GARVIS)).toEqual([]);
  expect(linesOf(GARVIS, rewritten(GARVIS))).toEqual([]);
});

test.each(WIDENINGS)('is marked as widened, and as narrowed on the way back: %s', (_name, edit, words) => {
  const after = edit(GARVIS);
  const { changes } = findChanges(GARVIS, after);
  const widened = changes.filter(({ effect }) => effect === 'widened').map(formatChange);
  expect(widened.filter((line) => line.startsWith(words))).toHaveLength(1);
  expect(asSet(findChanges(after, GARVIS).changes)).toEqual(asSet(reversed(changes)));
});

/** Other quotes and line lengths, the same data. */
function rewritten(texts: Texts): Texts {
  return new Map([...texts].map(([path, text]) => [path, text.replaceAll(/: '([a-z]+)'$/gm, ': "$1"')]));
}
