import * as fc from 'fast-check';
import { arbitraryPlan } from './arbitrary-plan';
import { parityProblems } from './compare-facts';
import { planFacts } from './plan-facts';
import { kubernetesFacts } from './stated-facts';
import { renderKubernetes } from '../../src/targets/kubernetes';

describe('parity of the Kubernetes manifests of any plan', () => {
  test('they match the plan', () => {
    fc.assert(fc.property(arbitraryPlan, (plan) => {
      const { files, fidelity } = renderKubernetes(plan);
      expect(parityProblems(plan, planFacts(plan, 'cluster'), kubernetesFacts(files), fidelity)).toEqual([]);
    }), { numRuns: 200 });
  });

  test('each construct and fact is reported once', () => {
    fc.assert(fc.property(arbitraryPlan, (plan) => {
      const keys = renderKubernetes(plan).fidelity.map((entry) => `${entry.path}\t${entry.fact}`);
      expect(new Set(keys).size).toBe(keys.length);
    }), { numRuns: 100 });
  });
});
