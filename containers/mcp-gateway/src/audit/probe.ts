/* eslint-disable no-bitwise -- the flags of open(2) are bits */
import { randomBytes } from 'node:crypto';
import { closeSync, constants, rmSync } from 'node:fs';
import { headFile, lockFile, rotatedFiles } from './files';
import { errorCode, openOwn } from './own-file';

/**
 * Checks that a log could be opened here, without opening one: for a health check that runs beside the gateway in
 * service, which holds the lock. Leaves nothing behind.
 *
 * @throws Error with what is wrong
 */
export function probeAuditLog(path: string): void {
  try {
    checkFiles(path);
    const probe = `${path}.probe-${randomBytes(6).toString('hex')}`;
    try {
      closeSync(openOwn(probe, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL));
    } finally {
      rmSync(probe, { force: true });
    }
  } catch (error) {
    throw cannotOpen(path, error);
  }
}

/** Opens every file of a log that is there, as a start would. @throws for the first that cannot be used */
export function checkFiles(path: string): void {
  tryOpen(path, constants.O_RDWR | constants.O_APPEND);
  tryOpen(headFile(path), constants.O_RDWR);
  tryOpen(lockFile(path), constants.O_RDONLY);
  rotatedFiles(path).forEach((file) => tryOpen(file, constants.O_RDONLY));
}

/** Adds the fix to the error of a log that cannot be opened. */
export function cannotOpen(path: string, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  const fix = errorCode(error) === undefined ? '' : '; it is a regular file in a folder that exists and can be written';
  return new Error(`the audit log ${path} cannot be opened: ${reason}${fix}`, { cause: error });
}

/** A file that is not there yet is made at the start. */
function tryOpen(path: string, flags: number): void {
  try {
    closeSync(openOwn(path, flags));
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') {
      throw error;
    }
  }
}
