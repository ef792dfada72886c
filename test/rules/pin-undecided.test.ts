import { aPin, messages, pinSource } from './support';
import { pinUndecided } from '../../src/rules/pin-undecided';

describe('rule pin-undecided', () => {
  test('warns of a pin that is not decided', () => {
    expect(messages(pinUndecided, () => undefined, pinSource(aPin('gateway', { decided: false })))).toEqual([
      'The version of "gateway" is not decided.',
    ]);
  });

  test('accepts decided ones', () => {
    expect(messages(pinUndecided, () => undefined, pinSource(aPin('gateway')))).toEqual([]);
  });
});
