import { Report } from './report';
import { Tree } from './tree';

/** The forms that one kind of inventory file has had so far. */
export interface Form {
  /**
   * The first migration turns schemaVersion 1 into 2, and so on; the newest version is their number plus one.
   * A migration that changes sealed content checks the old seal first and writes a new one.
   */
  readonly migrations: readonly ((tree: Tree) => Tree)[];
  /** Instruction for writing the file again, as shown to people. */
  readonly again: string;
}

/**
 * Migrates a tree to the newest form and reports it. For a newer schemaVersion than this one knows, reports that and
 * returns undefined. Returns a tree without a valid version unchanged: the schema check reports it.
 */
export function newestForm(tree: Tree, form: Form, report: Report): Tree | undefined {
  const newest = form.migrations.length + 1;
  const entry = tree.kind === 'map' ? tree.entries.find(({ key }) => key === 'schemaVersion')?.value : undefined;
  const version = entry?.kind === 'number' ? Number(entry.value) : NaN;
  if (!Number.isSafeInteger(version) || version < 1 || version === newest) {
    return tree;
  }
  if (version > newest) {
    const message =
      `The file has schemaVersion ${version}; this version of toolbox-constructs supports at most ${newest}.`;
    report.add(
      'inventory-newer',
      entry!.at,
      message,
      'Upgrade toolbox-constructs: npm install toolbox-constructs@latest',
    );
    return undefined;
  }
  report.add(
    'inventory-older',
    entry!.at,
    `The file has schemaVersion ${version}; it is read as if it had ${newest}.`,
    form.again,
  );
  return form.migrations.slice(version - 1).reduce((older, migrate) => migrate(older), tree);
}
