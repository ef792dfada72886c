import { Markers } from '../../../src/plan/parameters';
import { interpolated } from '../../../src/targets/compose/interpolation';
import { yamlText } from '../../../src/util/yaml-text';

test('every dollar of a value is doubled, at any depth, and nothing else changes', () => {
  const document = {
    text: '$a ${b} $$',
    key$: 'plain',
    list: ['$', 1, ['$x'], { in: '$' }],
    map: { deep: { text: '$' } },
    others: [true, false, null, 0, 1.5],
    none: null,
  };
  expect(yamlText(document, { escape: (text) => interpolated(text, Markers.NONE) })).toBe(
    yamlText({
      text: '$$a $${b} $$$$',
      key$: 'plain',
      list: ['$$', 1, ['$$x'], { in: '$$' }],
      map: { deep: { text: '$$' } },
      others: [true, false, null, 0, 1.5],
      none: null,
    }),
  );
});
