/** What is refused in an inventory file, for lists of rules. */
export const INVENTORY_RULES = [
  {
    id: 'inventory-duplicate',
    severity: 'error',
    title: 'A key or a component stands in an inventory once',
    mend: 'Keep one of them.',
  },
  {
    id: 'inventory-schema',
    severity: 'error',
    title: 'An inventory has the keys and values of its schema',
    mend: 'Follow the message; an editor that knows the yaml-language-server line helps.',
  },
  {
    id: 'inventory-syntax',
    severity: 'error',
    title: 'An inventory is one plain YAML document, without anchors, aliases and tags',
    mend: 'Follow the message, which tells line and column.',
  },
  {
    id: 'inventory-unreadable',
    severity: 'error',
    title: 'An inventory is a file that can be read: UTF-8, at most 1 MiB',
    mend: 'Create the file, or run the command in the project\'s folder.',
  },
] as const;
