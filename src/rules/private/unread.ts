import { RuleContext } from '../rule';

/**
 * Returns whether no pins could be read. Findings that follow from that are suppressed.
 */
export function pinsAreUnread({ plan, findings }: Pick<RuleContext, 'plan' | 'findings'>): boolean {
  return plan.pins.length === 0 && findings.some(({ rule }) => rule.startsWith('inventory-'));
}
