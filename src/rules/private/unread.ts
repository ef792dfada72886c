import { RuleContext } from '../rule';

/**
 * Whether the pins could not be read at all: then what is missing for want of them is not worth a finding of its own.
 */
export function pinsAreUnread({ plan, findings }: Pick<RuleContext, 'plan' | 'findings'>): boolean {
  return plan.pins.length === 0 && findings.some(({ rule }) => rule.startsWith('inventory-'));
}
