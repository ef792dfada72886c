import { findings } from './support';
import { overrideValue } from '../../src/rules/override-value';
import { Stack } from '../overrides/support';

// test/overrides has a table of overrides and what becomes of each
test('rule override-value says nothing of a model', () => {
  expect(findings(new Stack().toolbox, overrideValue)).toEqual([]);
});
