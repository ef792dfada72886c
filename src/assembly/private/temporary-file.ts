import { readdirSync, renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from './disk';
import { look } from './look';
import { isAbandoned, newTag, processOf } from './process-tag';
import { errorCode } from '../../util/system-error';

const PREFIX = '.toolbox-new-';
const NEW_FILE_MODE = 0o644;

/** Returns a new name for a temporary file; `removeLeftovers` finds it once its process has ended. */
export function temporaryName(folder: string): string {
  return join(folder, `${PREFIX}${newTag()}`);
}

/**
 * Writes a temporary file and waits until it is on the disk. A failed write leaves nothing behind.
 *
 * @param mode rights of the file. Default: 0644.
 */
export function writeTemporary(folder: string, content: string, mode = NEW_FILE_MODE): string {
  const temporary = temporaryName(folder);
  try {
    writeDurably(temporary, content, mode % 0o1000);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  }
  return temporary;
}

/** Puts a temporary file in place of its target, atomically. */
export function moveIn(temporary: string, file: string): void {
  try {
    renameSync(temporary, file);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  }
}

/** Returns the temporary files that killed runs left in a folder. */
export function findLeftovers(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => {
      const tag = name.slice(PREFIX.length);
      if (!name.startsWith(PREFIX) || processOf(tag) === undefined) { return false; }
      const { kind, stats } = look(join(folder, name));
      return kind === 'file' && isAbandoned(tag, Date.now() - stats!.mtimeMs);
    })
    .map((name) => join(folder, name));
}

/** Removes a file. A file that cannot be removed stays: the next run tries again. */
export function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (errorCode(error) === undefined) { throw error; }
  }
}
