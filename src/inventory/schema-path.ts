import * as fs from 'node:fs';
import * as path from 'node:path';

/** Where a project has the schemas: of its own, or with the library. */
const FOLDERS = ['inventories', 'node_modules/toolbox-constructs/inventories'];

/**
 * Where an editor finds the schema of an inventory, relative to the inventory; undefined when the project has none.
 *
 * @param root the project's folder
 * @param file the inventory, relative to it, with forward slashes
 * @param kind what the file holds
 */
export function schemaPath(
  root: string,
  file: string,
  kind: 'evidence' | 'approval' | 'linter-suppressions' | 'versions',
): string | undefined {
  const schema = FOLDERS.map((folder) => `${folder}/${kind}.schema.json`).find((candidate) =>
    fs.existsSync(path.join(root, candidate)),
  );
  if (schema === undefined) {
    return undefined;
  }
  const relative = path.posix.relative(path.posix.dirname(file), schema);
  return relative.startsWith('.') ? relative : `./${relative}`;
}
