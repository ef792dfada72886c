import { allRules } from './all-rules';
import { Rule } from './rule';

/** All rules that check a model, by id. */
export const rules: readonly Rule[] = allRules;

/** Rules that check the plan, before rendering. */
export const planRules: readonly Rule[] = rules.filter(({ judges }) => judges !== 'output');

/** Rules that check the rendered output, after all others. */
export const outputRules: readonly Rule[] = rules.filter(({ judges }) => judges === 'output');

export { judge, judgeMerged } from './judge';
export { ownRules } from './private/reported-problems';
export { redactFindings } from './private/secrets';
export type { MergedTarget, OverrideChain, Rule } from './rule';
