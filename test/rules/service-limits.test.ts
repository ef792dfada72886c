import { aService, messages } from './support';
import { judge } from '../../src/rules';
import { serviceLimits } from '../../src/rules/service-limits';
import { aPlan, aService as aServicePlan } from '../plan/plan-builder';

describe('rule service-limits', () => {
  test('fails without limits', () => {
    expect(messages(serviceLimits, (box) => aService(box, 'a', { resources: undefined }))).toEqual([
      'Has no CPU or memory limit, so it can exhaust the machine.',
    ]);
  });

  test.each([{ cpuMillis: 1000 }, { memoryMegabytes: 64 }])('fails with %j alone', (resources) => {
    expect(judge(aPlan({ services: [aServicePlan({ resources })] }), [serviceLimits], () => undefined)).toHaveLength(1);
  });

  test('accepts limits', () => {
    expect(messages(serviceLimits, (box) => aService(box, 'a'))).toEqual([]);
  });
});
