import * as fc from 'fast-check';
import { nearlyTameRecipe, tameRecipe, wildRecipe } from './arbitrary-recipe';
import { FOUND } from './found';
import { judgeRecipe } from './judge-recipe';
import { Recipe } from './recipe';

/** Most of these must be accepted, so that the judges have something to look at. */
function run(recipes: fc.Arbitrary<Recipe>, numRuns: number): number {
  let accepted = 0;
  fc.assert(fc.property(recipes, (recipe) => {
    const verdict = judgeRecipe(recipe);
    accepted += verdict.accepted ? 1 : 0;
    expect(verdict.problems).toEqual([]);
  }), { numRuns, seed: 4711 });
  return accepted;
}

describe('any toolbox', () => {
  test('that fits together is made, with hostile text in every place, and every reader agrees', () => {
    expect(run(tameRecipe, 25)).toBeGreaterThan(20);
  });

  test('with something that does not fit is refused with a finding, or made', () => {
    expect(run(nearlyTameRecipe, 30)).toBeGreaterThan(5);
  });

  test('of whatever a person may write is refused with a finding, or made', () => {
    run(wildRecipe, 60);
  });
});

describe('what was found once', () => {
  test.each(Object.entries(FOUND))('%s', (_, { recipe, refusedBy }) => {
    const { problems, accepted, synthesis } = judgeRecipe(recipe);
    const errors = synthesis?.findings
      .filter(({ severity, waived }) => severity === 'error' && waived === undefined)
      .map(({ rule }) => rule);
    const wanted = refusedBy === undefined ? [] : [refusedBy];
    expect({ problems, accepted, errors }).toEqual({ problems: [], accepted: wanted.length === 0, errors: wanted });
  });
});
