import { Severity } from '../model/finding';

/** The rules about inventory files. */
export const INVENTORY_RULES = [
  {
    id: 'approval-seal',
    severity: Severity.ERROR,
    title: 'Approvals are unchanged since they were recorded',
    fix: 'Revert the change, or remove the file and run "npx toolbox-constructs approve" again.',
  },
  {
    id: 'evidence-foreign',
    severity: Severity.WARNING,
    title: 'The evidence folder holds only records',
    fix: 'Move the file. Only "npx toolbox-constructs verify" writes records.',
  },
  {
    id: 'evidence-name',
    severity: Severity.ERROR,
    title: 'Records have the file name of their check',
    fix: 'Remove the file, then run "npx toolbox-constructs verify" for the check.',
  },
  {
    id: 'evidence-seal',
    severity: Severity.ERROR,
    title: 'Evidence records are unchanged since they were written',
    fix: 'Revert the change, or remove the file and run "npx toolbox-constructs verify" for the check again.',
  },
  {
    id: 'inventory-duplicate',
    severity: Severity.ERROR,
    title: 'Keys and entries of an inventory are unique',
    fix: 'Keep one of them.',
  },
  {
    id: 'inventory-edit',
    severity: Severity.ERROR,
    title: 'Digests can be edited in place in an inventory',
    fix: 'Run the command again. If it fails again, write the digest by hand.',
  },
  {
    id: 'inventory-newer',
    severity: Severity.ERROR,
    title: 'Inventories are not newer than this version of toolbox-constructs',
    fix: 'Upgrade toolbox-constructs.',
  },
  {
    id: 'inventory-older',
    severity: Severity.WARNING,
    title: 'Inventories have the format of this version of toolbox-constructs',
    fix: 'Rewrite the file as the message says. Until then, the old format is still read.',
  },
  {
    id: 'inventory-schema',
    severity: Severity.ERROR,
    title: 'Inventories match their schema',
    fix: 'Correct the value that the message names. Editors with YAML schema support show it in place.',
  },
  {
    id: 'inventory-syntax',
    severity: Severity.ERROR,
    title: 'Inventories are one YAML document without anchors, aliases or tags',
    fix: 'Correct the line and column that the message names.',
  },
  {
    id: 'inventory-unreadable',
    severity: Severity.ERROR,
    title: 'Inventories are readable UTF-8 files of at most 1 MiB',
    fix: 'Create the file, or run the command in the project folder.',
  },
] as const;

/** Ids of the rules an inventory can break. */
export type InventoryRule = typeof INVENTORY_RULES[number]['id'];
