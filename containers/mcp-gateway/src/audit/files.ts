/* eslint-disable no-bitwise -- the flags of open(2) are bits */
import { closeSync, constants, fsyncSync, openSync, readdirSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ChainHead } from './line';
import { errorCode, openOwn, readRegular } from './own-file';
import { readTail } from './tail';

/**
 * Rotated files are named by their last sequence number: names sort in the order of time and a rotation is one rename.
 */
const SEQ_DIGITS = 15;
const ROTATED_SUFFIX = /\.\d{15}$/;

/** Opens the log for appending. @throws as `openOwn` does */
export function openLog(path: string): number {
  return openOwn(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT);
}

/** Name of the rotated file whose last record has a number. */
export function rotatedName(path: string, lastSeq: number): string {
  return `${path}.${String(lastSeq).padStart(SEQ_DIGITS, '0')}`;
}

/** Puts the full log aside. @returns its new name, without folder */
export function rotateAside(path: string, lastSeq: number): string {
  const rotated = rotatedName(path, lastSeq);
  renameSync(path, rotated);
  return basename(rotated);
}

/** @returns full paths, oldest first */
export function rotatedFiles(path: string): string[] {
  const folder = dirname(path);
  const name = basename(path);
  return readdirSync(folder)
    .filter((entry) => entry.startsWith(`${name}.`) && entry.replace(ROTATED_SUFFIX, '') === name)
    .sort()
    .map((entry) => join(folder, entry));
}

/** Rotated files that stay when no more than `maxFiles` are kept, the one in use included; oldest first. */
export function keptFiles(path: string, maxFiles: number): string[] {
  const rotated = rotatedFiles(path);
  return rotated.slice(Math.max(0, rotated.length + 1 - maxFiles));
}

/** Deletes the rotated files that do not stay. */
export function pruneRotated(path: string, maxFiles: number): void {
  const kept = keptFiles(path, maxFiles);
  rotatedFiles(path).filter((file) => !kept.includes(file)).forEach((file) => unlinkSync(file));
}

/** Where the newest rotated file ends. */
export function rotatedHead(path: string): { readonly file: string; readonly head: ChainHead } | undefined {
  const file = rotatedFiles(path).at(-1);
  if (file === undefined) {
    return undefined;
  }
  const fd = openOwn(file, constants.O_RDONLY);
  try {
    const head = readTail(fd).last;
    return head && { file: basename(file), head };
  } finally {
    closeSync(fd);
  }
}

/** Makes a new name last over a power loss. */
export function syncFolder(path: string): void {
  const fd = openSync(dirname(path), constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(fd);
  } catch (error) {
    // Some file systems that are mounted into containers cannot do this for a folder.
    if ((error as NodeJS.ErrnoException).code !== 'EINVAL') {
      throw error;
    }
  } finally {
    closeSync(fd);
  }
}

/** What the log keeps beside itself; not a log. */
const SIDE_FILE = /\.(?:head|lock)$/;

/** Whether a name is that of a log, and not of what the log keeps beside itself. */
export function isLog(name: string): boolean {
  return !SIDE_FILE.test(name);
}

/**
 * The log in use that a file of a log belongs to: `audit.jsonl` for `audit.jsonl.head` and
 * `audit.jsonl.000000000000042`.
 */
export function logInUse(name: string): string {
  return name.replace(SIDE_FILE, '').replace(ROTATED_SUFFIX, '');
}

/** Number of the last record of a rotated file, by its name. */
export function lastSeqOf(rotated: string): number {
  return Number(ROTATED_SUFFIX.exec(rotated)?.[0].slice(1));
}

/**
 * The file beside the log that holds the number and hash of its last record. A cut at the end of a hash chain does not
 * show in the chain; it shows here. Written after the log is on disk and not synced itself: it may lag behind the log,
 * never lead.
 */
export function headFile(path: string): string {
  return `${path}.head`;
}

/** The lock file: it names the process that writes the log. */
export function lockFile(path: string): string {
  return `${path}.lock`;
}

const HEAD_BYTES = 128;

export function openHead(path: string): number {
  // Not emptied: until the next record it holds the end of the log.
  return openOwn(headFile(path), constants.O_RDWR | constants.O_CREAT);
}

export function writeHead(fd: number, head: ChainHead): void {
  const text = `${JSON.stringify({ seq: head.seq, hash: head.hash }).padEnd(HEAD_BYTES - 1)}\n`;
  writeSync(fd, text, 0, 'latin1');
}

/**
 * Reads the head of a log.
 *
 * @returns undefined when there is none, `damaged` when the file cannot be read as a head
 * @throws NotOwnFile; the error of open(2) when it cannot be read
 */
export function readHead(path: string): ChainHead | 'damaged' | undefined {
  let text: string;
  try {
    text = readRegular(headFile(path), HEAD_BYTES).text;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  try {
    const { seq, hash } = JSON.parse(text) as Partial<ChainHead>;
    return Number.isSafeInteger(seq) && typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash)
      ? { seq: seq as number, hash }
      : 'damaged';
  } catch {
    return 'damaged';
  }
}
