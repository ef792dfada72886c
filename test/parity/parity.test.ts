import { parityProblems } from './compare-facts';
import { composeFacts } from './compose-facts';
import { FIXTURE_PLAN } from './fixture-plan';
import { planFacts } from './plan-facts';
import { renderCompose } from '../../src/targets/compose';

describe('parity', () => {
  test('the compose file of the fixture tells the story of the plan', () => {
    const { files, fidelity } = renderCompose(FIXTURE_PLAN);
    expect(parityProblems(FIXTURE_PLAN, planFacts(FIXTURE_PLAN, 'workstation'), composeFacts(files, FIXTURE_PLAN), fidelity)).toEqual([]);
  });
});
