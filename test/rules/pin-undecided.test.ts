import { aPin, messages, pinSource } from './support';
import { PinStatus } from '../../src/core';
import { pinUndecided } from '../../src/rules/pin-undecided';

describe('rule pin-undecided', () => {
  test('warns of a pin that is not decided', () => {
    expect(messages(pinUndecided, () => undefined, pinSource(aPin('gateway', { status: PinStatus.UNDECIDED })))).toEqual([
      'The version of "gateway" is not decided.',
    ]);
  });

  test('accepts decided and rejected ones', () => {
    const pins = [aPin('gateway'), aPin('other', { status: PinStatus.REJECTED })];
    expect(messages(pinUndecided, () => undefined, pinSource(...pins))).toEqual([]);
  });
});
