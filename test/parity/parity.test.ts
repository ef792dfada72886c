import * as fc from 'fast-check';
import { arbitraryPlan } from './arbitrary-plan';
import { parityProblems } from './compare-facts';
import { planFacts } from './plan-facts';
import { composeFacts, kubernetesFacts } from './stated-facts';
import { Plan } from '../../src/plan/plan';
import { judge, rules } from '../../src/rules';
import { renderCompose } from '../../src/targets/compose';
import { renderKubernetes } from '../../src/targets/kubernetes';

function composeProblems(plan: Plan): string[] {
  const { files, fidelity } = renderCompose(plan);
  return parityProblems(plan, planFacts(plan, 'workstation'), composeFacts(files, plan), fidelity);
}

function kubernetesProblems(plan: Plan): string[] {
  const { files, fidelity } = renderKubernetes(plan);
  return parityProblems(plan, planFacts(plan, 'cluster'), kubernetesFacts(files), fidelity);
}

describe('parity for any plan', () => {
  test('the compose file matches the plan', () => {
    fc.assert(fc.property(arbitraryPlan, (plan) => expect(composeProblems(plan)).toEqual([])), { numRuns: 200 });
  });

  test('the manifests match the plan', () => {
    fc.assert(fc.property(arbitraryPlan, (plan) => expect(kubernetesProblems(plan)).toEqual([])), { numRuns: 100 });
  });

  test('what is drawn is what the rules let through, or a waiver may', () => {
    fc.assert(fc.property(arbitraryPlan, (plan) => {
      const refused = judge(
        plan,
        rules.filter((rule) => !rule.waivable && rule.id !== 'build-context'),
        () => undefined,
      );
      expect(refused.filter((finding) => finding.severity === 'error')).toEqual([]);
    }), { numRuns: 100 });
  });
});
