import { rules } from './index';
import { APP_RULES } from './reported/app';
import { IMPORT_RULES } from './reported/import';
import { OUTPUT_FOLDER_RULES } from './reported/output-folder';
import { PINS_RULES } from './reported/pins';
import { STATUS_RULES } from './reported/status';
import { INVENTORY_RULES } from '../inventory/inventory-rules';
import { sortedBy } from '../plan/collections';

/** A row of the list of rules. */
export interface RuleEntry {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly waivable: boolean;
  readonly title: string;
  readonly fix: string;
}

/** Returns all rules, including those that other rooms report, sorted by id. */
export function ruleRegistry(): RuleEntry[] {
  const judged = rules.map(({ id, severity, waivable, title, fix }): RuleEntry => ({
    id,
    severity,
    waivable,
    title,
    fix,
  }));
  const lists = [
    ...INVENTORY_RULES,
    ...OUTPUT_FOLDER_RULES,
    ...APP_RULES,
    ...PINS_RULES,
    ...STATUS_RULES,
    ...IMPORT_RULES,
  ];
  const reported = lists.map(({ id, severity, title, fix }): RuleEntry => ({
    id,
    severity,
    waivable: false,
    title,
    fix,
  }));
  return sortedBy([...judged, ...reported], ({ id }) => id);
}
