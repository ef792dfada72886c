import { expect, test } from 'vitest';
import { relativePath } from '../../../src/tools/image/relative-path';

test.each([
  ['docs/a.md', 'img/x.png', 'docs/img/x.png'],
  ['docs/a.md', './../x.png', 'x.png'],
  ['docs/a.md', '/img/x.png', 'img/x.png'],
  ['a.md', 'b%20c.png?v=2#top', 'b c.png'],
  ['docs/a.md', '../../x.png', undefined],
  ['a.md', '%2e%2e/x.png', undefined],
  ['a.md', '%zz', undefined],
  ['a.md', '#here', undefined],
])('from %s, %s leads to %s', (from, reference, path) => {
  expect(relativePath(from, reference)).toBe(path);
});
