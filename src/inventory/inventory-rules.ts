import { Severity } from '../model/finding';

/** What is refused or told about an inventory file, for lists of rules. */
export const INVENTORY_RULES = [
  {
    id: 'approval-seal',
    severity: Severity.ERROR,
    title: 'An approval is as it was written',
    fix: 'Take back the change, or remove the file and run "npx toolbox-constructs approve" again.',
  },
  {
    id: 'evidence-foreign',
    severity: Severity.WARNING,
    title: 'Every file in the folder of the evidence is a record',
    fix: 'Move it away; records are files that "npx toolbox-constructs verify" wrote.',
  },
  {
    id: 'evidence-name',
    severity: Severity.ERROR,
    title: 'A record is in the file that is named after its check',
    fix: 'Remove the file, and run "npx toolbox-constructs verify" for the check.',
  },
  {
    id: 'evidence-seal',
    severity: Severity.ERROR,
    title: 'The record of a check is as it was written',
    fix: 'Take back the change, or remove the file and run "npx toolbox-constructs verify" for the check again.',
  },
  {
    id: 'inventory-duplicate',
    severity: Severity.ERROR,
    title: 'A key or an entry stands in an inventory once',
    fix: 'Keep one of them.',
  },
  {
    id: 'inventory-edit',
    severity: Severity.ERROR,
    title: 'A digest can be written into an inventory without changing anything else',
    fix: 'Run the command again; if it says the same, write the digest by hand.',
  },
  {
    id: 'inventory-newer',
    severity: Severity.ERROR,
    title: 'An inventory is not of a later form than this version of toolbox-constructs knows',
    fix: 'Upgrade toolbox-constructs.',
  },
  {
    id: 'inventory-older',
    severity: Severity.WARNING,
    title: 'An inventory has the form of this version of toolbox-constructs',
    fix: 'Write the file again, as the message tells; until then it is read as if it were.',
  },
  {
    id: 'inventory-schema',
    severity: Severity.ERROR,
    title: 'An inventory has the keys and values of its schema',
    fix: 'Follow the message; an editor that knows the yaml-language-server line helps.',
  },
  {
    id: 'inventory-syntax',
    severity: Severity.ERROR,
    title: 'An inventory is one plain YAML document, without anchors, aliases and tags',
    fix: 'Follow the message, which tells line and column.',
  },
  {
    id: 'inventory-unreadable',
    severity: Severity.ERROR,
    title: 'An inventory is a file that can be read: UTF-8, at most 1 MiB',
    fix: 'Create the file, or run the command in the project\'s folder.',
  },
] as const;

/** Ids of the rules an inventory can break. */
export type InventoryRule = typeof INVENTORY_RULES[number]['id'];
