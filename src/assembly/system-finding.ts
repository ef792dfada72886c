import { relative, sep } from 'node:path';
import { Finding } from '../model/finding';
import { outputFinding } from '../rules/reported/output-folder';
import { systemReason } from '../util/system-error';

/** The folder that was read or written. */
export interface Folder {
  readonly path: string;
  readonly label: string;
}

/**
 * Turns an error of the file system into a finding.
 *
 * @param action what failed: `"dist" could not be written`.
 * @param folder the folder in use. The message then names the path in it that caused the error.
 * @throws the error itself when it does not come from the file system.
 */
export function systemFinding(error: unknown, action: string, folder?: Folder): Finding {
  const reason = systemReason(error);
  if (reason === undefined) { throw error; }
  return outputFinding('output-system', `${action}: ${reason}${folder === undefined ? '' : placeOf(error, folder)}.`);
}

/** Temporary files are left out: their names say nothing, and they are gone. */
function placeOf(error: unknown, { path: root, label }: Folder): string {
  const { path } = error as NodeJS.ErrnoException;
  const within = path === undefined ? '' : relative(root, path);
  const isNamed = within !== '' && within.split(sep)[0] !== '..' && !within.startsWith('.toolbox-new-');
  return isNamed ? ` at "${label}/${within.split(sep).join('/')}"` : '';
}
