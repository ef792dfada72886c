import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

const MOST_BYTES = 1024 * 1024;

/**
 * The text of a file; empty when it is not there.
 *
 * @throws an error with a sentence for people when it is there and cannot be read.
 */
export function readSmallFile(file: string): string {
  const handle = open(file);
  if (handle === undefined) { return ''; }
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile()) { throw new Error('it is no file'); }
    if (stats.size > MOST_BYTES) { throw new Error(`it has more than ${MOST_BYTES / 1024 / 1024} MiB`); }
    return readFileSync(handle, 'utf8');
  } finally {
    closeSync(handle);
  }
}

function open(file: string): number | undefined {
  try {
    // a named pipe would otherwise wait for a writer for ever
    return openSync(file, constants.O_RDONLY + (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') { return undefined; }
    throw new Error(`it cannot be read (${code})`);
  }
}
