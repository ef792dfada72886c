import { problemsOf } from './problems';
import { Facet } from '../../plan/facet';
import { Plan } from '../../plan/plan';

import { Rule } from '../rule';

/** Returns the rules of the model's own, which were checked when the model was resolved. */
export function ownRules({ rules }: Pick<Plan, 'rules'>): Rule[] {
  return rules.map((rule): Rule => ({
    ...rule,
    facets: rule.facets as Facet[],
    check: ({ plan }) => problemsOf(plan, rule.id),
  }));
}
