import { judge } from '../../src/rules';
import { evidenceStray } from '../../src/rules/evidence-stray';
import { aPlan } from '../plan/plan-builder';

describe('rule evidence-stray', () => {
  test('warns of a record of a check that is not there, at its place', () => {
    const location = { file: 'inventories/evidence/gone.yaml', line: 3 };
    expect(
      judge(aPlan({ records: { stray: [{ check: 'gone', location }] } }), [evidenceStray], () => undefined),
    ).toMatchObject([{ severity: 'warning', location, message: expect.stringContaining('"gone"') }]);
  });

  test('accepts records of checks', () => {
    expect(judge(aPlan(), [evidenceStray], () => undefined)).toEqual([]);
  });
});
