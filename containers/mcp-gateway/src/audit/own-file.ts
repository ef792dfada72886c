/* eslint-disable no-bitwise -- the flags of open(2) are bits */
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync, Stats } from 'node:fs';
import { dirname } from 'node:path';

/** A name beside the log holds something that the gateway neither reads nor writes. */
export class NotOwnFile extends Error {
  constructor(path: string, problem: string) {
    super(`${path} ${problem}`);
    this.name = 'NotOwnFile';
  }
}

const FIX =
  'the log, its .head, its .lock and its rotated files are regular files of the gateway: remove it, or move it away';

/**
 * Opens a regular file and nothing else: links are not followed, pipes and devices are not waited for, and the opened
 * object is judged, not its name.
 *
 * @param flags of open(2), beside the ones that keep it safe
 * @throws NotOwnFile naming what is there instead; the error of open(2) for a file that is missing, or exists with
 *   O_EXCL
 */
export function openRegular(path: string, flags: number): number {
  let fd: number;
  try {
    fd = openSync(path, flags | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY, 0o640);
  } catch (error) {
    throw explained(path, error as NodeJS.ErrnoException);
  }
  const stats = fstatSync(fd);
  if (!stats.isFile()) {
    closeSync(fd);
    throw new NotOwnFile(path, `is ${kindOf(stats)}; ${FIX}`);
  }
  return fd;
}

/**
 * Opens a regular file that no one else controls, for the gateway's own use: it has one name, and belongs to the
 * gateway's user, to root or to the owner of its folder, who could all replace it anyway.
 *
 * @throws as `openRegular` does
 */
export function openOwn(path: string, flags: number): number {
  const fd = openRegular(path, flags);
  const { nlink, uid } = fstatSync(fd);
  const problem =
    nlink > 1
      ? `has ${nlink} hard links, so it is another file as well; ${FIX}`
      : owners(path).includes(uid)
        ? undefined
        : `belongs to user ${uid}, and the gateway runs as user ${process.geteuid?.() ?? 'unknown'}; chown it, or ` +
          'move it away';
  if (problem !== undefined) {
    closeSync(fd);
    throw new NotOwnFile(path, problem);
  }
  return fd;
}

/** What a small file holds. */
export interface SmallFile {
  readonly text: string;
  readonly stats: Stats;
}

/** Reads at most `maxBytes` of a small file of the gateway's own. @throws as `openOwn` does */
export function readOwn(path: string, maxBytes: number): SmallFile {
  return readOpen(openOwn(path, constants.O_RDONLY), maxBytes);
}

/** Reads at most `maxBytes` of a small file. @throws as `openRegular` does */
export function readRegular(path: string, maxBytes: number): SmallFile {
  return readOpen(openRegular(path, constants.O_RDONLY), maxBytes);
}

function readOpen(fd: number, maxBytes: number): SmallFile {
  try {
    const buffer = Buffer.alloc(maxBytes);
    return { text: buffer.toString('latin1', 0, readSync(fd, buffer, 0, maxBytes, 0)), stats: fstatSync(fd) };
  } finally {
    closeSync(fd);
  }
}

export function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function owners(path: string): (number | undefined)[] {
  return [process.geteuid?.(), 0, statSync(dirname(path)).uid];
}

function explained(path: string, error: NodeJS.ErrnoException): Error {
  if (error.code === 'ENOENT' || error.code === 'EEXIST') {
    return error;
  }
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isFile()) {
    return error;
  }
  return new NotOwnFile(path, `is ${kindOf(found)}; ${FIX}`);
}

function kindOf(stats: Stats): string {
  const kinds: readonly [boolean, string][] = [
    [stats.isSymbolicLink(), 'a symbolic link'],
    [stats.isDirectory(), 'a folder'],
    [stats.isFIFO(), 'a named pipe'],
    [stats.isSocket(), 'a socket'],
  ];
  return kinds.find(([is]) => is)?.[1] ?? 'a device';
}
