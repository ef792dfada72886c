import { relative, sep } from 'node:path';
import { errorCode } from './look';
import { Finding } from '../../model/finding';
import { outputFinding } from '../output-rules';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'something is missing',
  ENOTDIR: 'a file is where a folder is due',
  EISDIR: 'a folder is where a file is due',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk does not answer',
};

/** A folder that is worked on. */
export interface Folder {
  readonly path: string;
  readonly label: string;
}

/** What the system says, in words: `the disk is full (ENOSPC)`; undefined for an error that is not the system's. */
export function systemReason(error: unknown): string | undefined {
  const code = errorCode(error);
  return code === undefined || !/^E[A-Z0-9]+$/.test(code) ? undefined : `${REASONS[code] ?? 'the system refused'} (${code})`;
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
  if (reason === undefined) throw error;
  return outputFinding('output-system', `${deed}: ${reason}${folder === undefined ? '' : placeOf(error, folder)}.`);
}

function placeOf(error: unknown, { path: root, label }: Folder): string {
  const { path } = error as NodeJS.ErrnoException;
  const within = path === undefined ? '' : relative(root, path);
  return within === '' || within.split(sep)[0] === '..' ? '' : ` at "${label}/${within.split(sep).join('/')}"`;
}
