import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, unlinkSync, writeFileSync } from 'node:fs';
import { openLog } from './files';

/**
 * Whether a log could be opened here, without opening one: for a health check that runs beside the gateway in service, which holds the lock.
 * Leaves nothing behind.
 *
 * @throws with what is wrong
 */
export function probeAuditLog(path: string): void {
  try {
    if (existsSync(path)) {
      closeSync(openLog(path));
    }
    const probe = `${path}.probe-${randomBytes(6).toString('hex')}`;
    try {
      writeFileSync(probe, 'probe\n', { flag: 'wx', mode: 0o640 });
    } finally {
      if (existsSync(probe)) {
        unlinkSync(probe);
      }
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`the audit log ${path} cannot be written: ${reason}; it is a regular file in a folder that exists and can be written`, { cause: error });
  }
}
