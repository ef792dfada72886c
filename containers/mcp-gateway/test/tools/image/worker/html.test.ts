import { expect, test } from 'vitest';
import { imageReferences } from '../../../../src/tools/image/worker/markup/html';

const references = (html: string): readonly string[] => imageReferences(html).map(({ reference }) => reference);

test.each([
  ['a.png', ['a.png']],
  ['a.png 1x, b.png 2x', ['a.png', 'b.png']],
  ['a.png 100w,b.png 200w', ['a.png', 'b.png']],
  ['data:image/png;base64,AAAA 1x, b.png', ['data:image/png;base64,AAAA', 'b.png']],
  ['', []],
])('the choices of srcset "%s"', (srcset, expected) => {
  expect(references(`<source srcset="${srcset}">`)).toEqual(expected);
});

test('attributes without a value and unclosed tags are no images', () => {
  expect(references('<img><img src><img src=""><img src="a.png"')).toEqual([]);
});

test('the offset is where the element begins', () => {
  expect(imageReferences('<p>x</p><img src=a alt="b &amp; c">')).toEqual([
    { reference: 'a', altText: 'b & c', offset: 8 },
  ]);
});
