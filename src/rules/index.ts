import { allRules } from './all-rules';
import { Rule } from './rule';

/** Every rule that judges a model, by id. */
export const rules: readonly Rule[] = allRules;

/** Rules on the plan, checked before anything is rendered. */
export const planRules: readonly Rule[] = rules.filter(({ judges }) => judges !== 'output');

/** Rules on the rendered output, checked last. */
export const outputRules: readonly Rule[] = rules.filter(({ judges }) => judges === 'output');

export { judge } from './judge';
export { toldSafely } from './private/told';
export type { Rule } from './rule';
