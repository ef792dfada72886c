import { randomBytes } from 'node:crypto';
import { closeSync, linkSync, openSync, readdirSync, readFileSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { tolerate } from './disk';
import { look } from './look';
import { isAlive } from './process';
import { LOCK } from './reserved';
import { errorCode } from '../../util/system-error';

const PATIENCE_MS = 5_000;
const STEP_MS = 25;
/** A writer is killed between making the lock and signing it: nobody needs that long. */
const UNSIGNED_MS = 1_000;
/**
 * Writing takes seconds; an older lock belongs to a process whose number was given away, or to a machine that is gone.
 */
const OLD_MS = 600_000;

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/** The right to write to an output folder. */
export interface Lock {
  /** False when another process took it for stale: then nothing may be committed. */
  isHeld(): boolean;
  release(): void;
}

/** Why there is no lock: a process holds it, as far as it said which; or something that is no lock has its name. */
export type NoLock = { readonly holder: number | undefined } | { readonly blocked: true };

/** Takes the lock of an output folder, waiting for a moment when it is taken. */
export function takeLock(outdir: string, patience = PATIENCE_MS): Lock | NoLock {
  const file = join(outdir, LOCK);
  const token = randomBytes(12).toString('hex');
  const end = Date.now() + patience;
  for (;;) {
    if (sign(file, token)) { return lockOf(outdir, file, token); }
    if (!['file', 'missing'].includes(look(file).kind)) { return { blocked: true }; }
    const signed = read(file);
    if (signed !== undefined && isStale(file, signed)) {
      putAside(file, token, signed);
    } else if (Date.now() > end) {
      return { holder: ownerOf(signed)?.pid };
    } else {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STEP_MS);
    }
  }
}

function lockOf(outdir: string, file: string, token: string): Lock {
  const isHeld = () => ownerOf(read(file))?.token === token;
  const release = () => {
    try {
      if (isHeld()) { remove(file); }
    } catch (error) {
      // a lock that stays is stale as soon as this process has ended
      if (errorCode(error) === undefined) { throw error; }
    }
  };
  try {
    sweep(outdir);
  } catch (error) {
    release();
    throw error;
  }
  return { isHeld, release };
}

function sign(file: string, token: string): boolean {
  let handle;
  try {
    handle = openSync(file, 'wx', 0o644);
  } catch (error) {
    tolerate(error, 'EEXIST');
    return false;
  }
  try {
    const owner: Owner = { pid: process.pid, host: hostname(), token };
    writeSync(handle, JSON.stringify(owner));
  } catch (error) {
    remove(file);
    throw error;
  } finally {
    closeSync(handle);
  }
  return true;
}

function isStale(file: string, signed: string): boolean {
  const age = ageOf(file);
  const owner = ownerOf(signed);
  if (owner === undefined) { return age > UNSIGNED_MS; }
  return age > OLD_MS || (owner.host === hostname() && !isAlive(owner.pid));
}

/** Takes a stale lock away. If it turns out to be another, living one by now, it is put back. */
function putAside(file: string, token: string, stale: string): void {
  const aside = `${file}.${token}`;
  try {
    renameSync(file, aside);
    if (read(aside) !== stale) { linkSync(aside, file); }
    remove(aside);
  } catch (error) {
    tolerate(error, 'ENOENT', 'EEXIST');
  }
}

/** Removes what a process that was killed while it took a stale lock away left behind. */
function sweep(outdir: string): void {
  for (const name of readdirSync(outdir)) {
    if (name.startsWith(`${LOCK}.`) && look(join(outdir, name)).kind === 'file') { remove(join(outdir, name)); }
  }
}

function ownerOf(signed: string | undefined): Owner | undefined {
  try {
    const value = JSON.parse(signed ?? '') as Partial<Owner> | null;
    const whole =
      Number.isSafeInteger(value?.pid) &&
      value!.pid! > 0 &&
      typeof value!.host === 'string' &&
      typeof value!.token === 'string';
    return whole ? value as Owner : undefined;
  } catch {
    return undefined;
  }
}

function ageOf(file: string): number {
  const { stats } = look(file);
  return stats === undefined ? 0 : Date.now() - stats.mtimeMs;
}

/** No link is followed, and no pipe waited for. */
function read(file: string): string | undefined {
  if (look(file).kind !== 'file') { return undefined; }
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    tolerate(error, 'ENOENT');
    return undefined;
  }
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    tolerate(error, 'ENOENT');
  }
}
