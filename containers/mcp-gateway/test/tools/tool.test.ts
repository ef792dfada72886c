import { expect, test } from 'vitest';
import { Denial } from '../../src/tools/tool';

test('every denial has the same message for the client', () => {
  expect(new Denial('path-denied').message).toEqual(new Denial('not-a-regular-file').message);
});

test('a denial keeps its rule for the audit', () => {
  expect(new Denial('path-denied')).toMatchObject({ name: 'Denial', rule: 'path-denied' });
});
