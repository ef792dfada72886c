import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

const MOST_BYTES = 1024 * 1024;

/**
 * Reads a file. Returns an empty text if it does not exist.
 *
 * @throws an error with a readable message if it cannot be read.
 */
export function readSmallFile(file: string): string {
  const handle = open(file);
  if (handle === undefined) { return ''; }
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile()) { throw new Error('it is not a regular file'); }
    if (stats.size > MOST_BYTES) { throw new Error(`it is larger than ${MOST_BYTES / 1024 / 1024} MiB`); }
    return readFileSync(handle, 'utf8');
  } finally {
    closeSync(handle);
  }
}

function open(file: string): number | undefined {
  try {
    // without O_NONBLOCK, opening a named pipe blocks
    return openSync(file, constants.O_RDONLY + (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') { return undefined; }
    throw new Error(`it cannot be read (${code})`);
  }
}
