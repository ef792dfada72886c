import { Plan } from '../../plan/plan';
import { Violation } from '../rule';

/** Returns the problems that constructs and rules of the model's own report under a rule. */
export function problemsOf({ problems }: Pick<Plan, 'problems'>, id: string): Violation[] {
  return problems.filter(({ rule }) => rule === id).map(({ path, message, fix }) => ({ path, message, fix }));
}
