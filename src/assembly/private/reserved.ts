/** Lists the generated files in the output folder. */
export const MANIFEST = 'manifest.json';

/** Held by the one process that writes to the output folder. */
export const LOCK = '.toolbox-lock';

/** Whether a name at the top of the output folder is kept for the lock, temporary files and the manifest. */
export function isReserved(name: string): boolean {
  return name === MANIFEST || name.startsWith('.toolbox-');
}

/** Whether generated files are never searched for below a folder or file of this name. */
export function isNeverOurs(name: string): boolean {
  return name === '.git' || name === 'node_modules' || name.startsWith('.toolbox-');
}
