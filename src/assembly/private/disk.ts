import { chmodSync, closeSync, fchmodSync, fsyncSync, mkdirSync, openSync, rmdirSync, writeSync } from 'node:fs';
import { errorCode } from '../../util/system-error';

const FILE_MODE = 0o644;
const FOLDER_MODE = 0o755;

/** Writes a new file and waits until it is on the disk. */
export function writeDurably(path: string, content: string, mode = FILE_MODE): void {
  const handle = openSync(path, 'wx', mode);
  try {
    const bytes = Buffer.from(content);
    for (let done = 0; done < bytes.length;) { done += writeSync(handle, bytes, done); }
    // the umask may have taken bits away
    fchmodSync(handle, mode);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Waits until the names in a folder are on the disk, where the system can say so. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') { return; }
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } catch (error) {
    // some network and FUSE file systems cannot sync a folder
    tolerate(error, 'EINVAL', 'ENOTSUP', 'EBADF');
  } finally {
    closeSync(handle);
  }
}

/** Makes a folder that may be there already; says whether it is new. */
export function makeFolder(path: string): boolean {
  try {
    mkdirSync(path, FOLDER_MODE);
    chmodSync(path, FOLDER_MODE);
    return true;
  } catch (error) {
    tolerate(error, 'EEXIST');
    return false;
  }
}

/** Removes a folder if it is empty. */
export function removeIfEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    tolerate(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR');
  }
}

/** Gives the usual rights to what a checkout with another umask left; rights that cannot be changed stay. */
export function restoreMode(path: string, mode: number | undefined, folder: boolean): void {
  const wanted = folder ? FOLDER_MODE : FILE_MODE;
  if (process.platform === 'win32' || mode === undefined || (mode % 0o1000) === wanted) { return; }
  try {
    chmodSync(path, wanted);
  } catch (error) {
    tolerate(error, 'EPERM', 'EACCES', 'EROFS', 'ENOTSUP');
  }
}

/**
 * Lets an expected error pass.
 *
 * @throws any other error.
 */
export function tolerate(error: unknown, ...codes: readonly string[]): void {
  if (!codes.includes(errorCode(error) ?? '')) { throw error; }
}
