import { withoutInterpolation } from '../../../src/targets/compose/interpolation';

test('every dollar of a value is doubled, at any depth, and nothing else is changed', () => {
  expect(withoutInterpolation({
    text: '$a ${b} $$',
    key$: 'plain',
    list: ['$', 1, ['$x'], { in: '$' }],
    map: { deep: { text: '$' }, left: undefined },
    others: [true, false, null, 0, 1.5],
    none: null,
  })).toStrictEqual({
    text: '$$a $${b} $$$$',
    key$: 'plain',
    list: ['$$', 1, ['$$x'], { in: '$$' }],
    map: { deep: { text: '$$' }, left: undefined },
    others: [true, false, null, 0, 1.5],
    none: null,
  });
});
