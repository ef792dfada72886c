import { closeSync, linkSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tolerate } from './disk';
import { look, readIfThere } from './look';
import { LOCK } from './ownership';
import { isAbandoned, newTag, processOf } from './process-tag';
import { removeQuietly, temporaryName } from './temporary-file';
import { errorCode } from '../../util/system-error';

const WAIT_MS = 5_000;
const STEP_MS = 25;
/** Time between creating the lock and signing it. A process that takes longer was killed. */
const UNSIGNED_MS = 1_000;

/** The right to write to an output folder. */
export interface Lock {
  /** False when another process took the lock over because it looked stale. */
  isHeld(): boolean;
  release(): void;
}

/** Why there is no lock: a process holds it, or something that is no lock has its name. */
export type NoLock = { readonly holder: number | undefined } | { readonly blocked: true };

/**
 * Takes the lock of an output folder. Takes over the lock of a process that has ended.
 *
 * @param waitMs how long to wait for another process, in milliseconds. Default: 5000.
 */
export function takeLock(outdir: string, waitMs = WAIT_MS): Lock | NoLock {
  const file = join(outdir, LOCK);
  const tag = newTag();
  const end = Date.now() + waitMs;
  while (!create(file, tag)) {
    if (!['file', 'missing'].includes(look(file).kind)) { return { blocked: true }; }
    const holder = read(file);
    if (holder !== undefined && isStale(file, holder)) {
      takeOver(file, holder);
    } else if (Date.now() > end) {
      return { holder: processOf(holder ?? '') };
    } else {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STEP_MS);
    }
  }
  const isHeld = () => read(file) === tag;
  return { isHeld, release: () => release(file, isHeld) };
}

function create(file: string, tag: string): boolean {
  let handle;
  try {
    handle = openSync(file, 'wx', 0o644);
  } catch (error) {
    tolerate(error, 'EEXIST');
    return false;
  }
  try {
    writeSync(handle, tag);
  } catch (error) {
    removeQuietly(file);
    throw error;
  } finally {
    closeSync(handle);
  }
  return true;
}

/** A lock that cannot be removed is stale as soon as this process has ended. */
function release(file: string, isHeld: () => boolean): void {
  try {
    if (isHeld()) { removeQuietly(file); }
  } catch (error) {
    if (errorCode(error) === undefined) { throw error; }
  }
}

/** The age is read after the tag: a lock that was replaced in between looks younger, never older. */
function isStale(file: string, holder: string): boolean {
  const { stats } = look(file);
  const ageMs = stats === undefined ? 0 : Date.now() - stats.mtimeMs;
  return processOf(holder) === undefined ? ageMs > UNSIGNED_MS : isAbandoned(holder, ageMs);
}

/** Removes a stale lock. Puts it back if another process has taken it over in the meantime. */
function takeOver(file: string, stale: string): void {
  const aside = temporaryName(dirname(file));
  try {
    renameSync(file, aside);
    if (read(aside) !== stale) { linkSync(aside, file); }
  } catch (error) {
    tolerate(error, 'ENOENT', 'EEXIST');
  }
  removeQuietly(aside);
}

/** Reads the lock without following a link or waiting for a pipe; undefined when there is no file. */
function read(file: string): string | undefined {
  try {
    return readIfThere(file);
  } catch (error) {
    tolerate(error, 'ENOENT');
    return undefined;
  }
}
