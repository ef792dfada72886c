import { Report } from './report';
import { Tree } from './tree';

/** What is known about the forms that one kind of inventory file had so far. */
export interface Form {
  /**
   * The first one turns schemaVersion 1 into 2, and so on; the newest version is one more than there are. One that
   * changes what is sealed judges the old seal first and puts a new one.
   */
  readonly migrations: readonly ((tree: Tree) => Tree)[];
  /** How to write the file again, for people. */
  readonly again: string;
}

/**
 * Brings a tree to the newest form, and tells. Undefined, and told, when the file is from the future; a tree without
 * any sensible version stays as it is, for its shape to judge.
 */
export function newestForm(tree: Tree, form: Form, report: Report): Tree | undefined {
  const newest = form.migrations.length + 1;
  const entry = tree.kind === 'map' ? tree.entries.find(({ key }) => key === 'schemaVersion')?.value : undefined;
  const version = entry?.kind === 'number' ? Number(entry.value) : NaN;
  if (!Number.isSafeInteger(version) || version < 1 || version === newest) {
    return tree;
  }
  if (version > newest) {
    const message = `The file has schemaVersion ${version}, and this version of toolbox-constructs knows ${newest} at most.`;
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
