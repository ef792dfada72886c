import { findings } from './support';
import { overrideKey } from '../../src/rules/override-key';
import { Stack } from '../overrides/support';

// test/overrides has a table of overrides and what becomes of each
test('rule override-key says nothing of a model', () => {
  expect(findings(new Stack().toolbox, overrideKey)).toEqual([]);
});
