import { relative, sep } from 'node:path';
import { Finding } from '../model/finding';
import { outputFinding } from '../rules/reported/output';
import { systemReason } from '../util/system-error';

/** A folder that is worked on. */
export interface Folder {
  readonly path: string;
  readonly label: string;
}

/**
 * Turns an error of the file system into a finding.
 *
 * @param deed what could not be done: `"dist" could not be written`.
 * @param folder the folder that was at work, and how messages call it: what in it could not be used is told.
 * @throws the error itself when it does not come from the file system.
 */
export function systemFinding(error: unknown, deed: string, folder?: Folder): Finding {
  const reason = systemReason(error);
  if (reason === undefined) { throw error; }
  return outputFinding('output-system', `${deed}: ${reason}${folder === undefined ? '' : placeOf(error, folder)}.`);
}

function placeOf(error: unknown, { path: root, label }: Folder): string {
  const { path } = error as NodeJS.ErrnoException;
  const within = path === undefined ? '' : relative(root, path);
  return within === '' || within.split(sep)[0] === '..' ? '' : ` at "${label}/${within.split(sep).join('/')}"`;
}
