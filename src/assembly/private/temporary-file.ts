import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, renameSync, unlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { writeDurably } from './disk';
import { look } from './look';
import { isAlive } from './process';
import { errorCode } from '../../util/system-error';

/** `.toolbox-new-HOST-PROCESS-RANDOM`: tells the next run whose it was. */
const NAME = /^\.toolbox-new-([0-9a-f]{8})-([0-9]{1,10})-[0-9a-f]{16}$/;
/**
 * Writing takes seconds; an older file belongs to a process whose number was given away, or to a machine that is gone.
 */
const OLD_MS = 600_000;
const NEW_FILE_MODE = 0o644;

/** Writes a file that is to replace another one into the same folder, and waits until it is on the disk. */
export function writeBeside(file: string, content: string, mode: number | undefined): string {
  const temporary = join(dirname(file), `.toolbox-new-${hostTag()}-${process.pid}-${randomBytes(8).toString('hex')}`);
  try {
    writeDurably(temporary, content, mode === undefined ? NEW_FILE_MODE : mode % 0o1000);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  }
  return temporary;
}

/** Puts it into place, at once. */
export function moveIn(temporary: string, file: string): void {
  try {
    renameSync(temporary, file);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  }
}

/** Removes what killed runs left in a folder, and nothing of a run that still writes. */
export function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, host, pid] = NAME.exec(name) ?? [];
    if (pid !== undefined && isLeftOver(join(folder, name), host, Number(pid))) { removeQuietly(join(folder, name)); }
  }
}

function isLeftOver(path: string, host: string, pid: number): boolean {
  const { kind, stats } = look(path);
  if (kind !== 'file') { return false; }
  // writing is one step for this process: a file with its number is that of an earlier one
  const isGone = host === hostTag() && (pid === process.pid || !isAlive(pid));
  return isGone || Date.now() - stats!.mtimeMs > OLD_MS;
}

function hostTag(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    // the next run tries again
    if (errorCode(error) === undefined) { throw error; }
  }
}
