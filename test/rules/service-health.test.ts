import { aService, messages } from './support';
import { Lifecycle } from '../../src/core';
import { serviceHealth } from '../../src/rules/service-health';

describe('rule service-health', () => {
  test('fails for a service that keeps running without a health check', () => {
    expect(messages(serviceHealth, (box) => aService(box, 'a', { healthCheck: undefined }))).toEqual([
      'Has no health check, so a hang goes unnoticed.',
    ]);
  });

  test('accepts one with a health check, and a one-shot without', () => {
    expect(messages(serviceHealth, (box) => {
      aService(box, 'a');
      aService(box, 'b', { healthCheck: undefined, lifecycle: Lifecycle.ONE_SHOT });
    })).toEqual([]);
  });
});
