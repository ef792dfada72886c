import { aService, messages } from './support';
import { serviceLimits } from '../../src/rules/service-limits';

describe('rule service-limits', () => {
  test('fails without limits', () => {
    expect(messages(serviceLimits, (box) => aService(box, 'a', { resources: undefined }))).toEqual(['Has no limits, so it can take the whole machine.']);
  });

  test('accepts limits', () => {
    expect(messages(serviceLimits, (box) => aService(box, 'a'))).toEqual([]);
  });
});
