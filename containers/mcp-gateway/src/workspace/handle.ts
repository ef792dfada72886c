import { constants } from 'node:fs';
import { FileHandle, open, readlink } from 'node:fs/promises';
import { belowRoot } from './path-text';
import { Denial, ToolFailure } from '../tools/tool';

/** Linux' O_PATH, which Node does not name: a handle on the object itself that opens neither a device nor a pipe. */
export const O_PATH = 0o10000000;

/** The kernel's link from an open descriptor to its path. */
export function descriptorPath(fd: number): string {
  return `/proc/self/fd/${fd}`;
}

/**
 * The path of an opened object below the root, according to the kernel: symbolic links, mounts and renames are seen
 * through.
 *
 * @throws Denial when it stands elsewhere
 */
export async function pathBelow(root: string, handle: FileHandle): Promise<string> {
  const bytes = await readlink(descriptorPath(handle.fd), { encoding: 'buffer' });
  const absolute = bytes.toString('utf8');
  if (!Buffer.from(absolute, 'utf8').equals(bytes)) {
    throw new Denial('path.encoding');
  }
  const relative = belowRoot(absolute, root);
  if (relative === undefined) {
    throw new Denial('path.outside');
  }
  return relative;
}

/** Opens the handle's own object for reading, whatever its name refers to by now. */
export async function reopen(handle: FileHandle): Promise<FileHandle> {
  return open(descriptorPath(handle.fd), constants.O_RDONLY + constants.O_NONBLOCK + constants.O_NOCTTY);
}

/** @throws ToolFailure when the caller has stopped waiting */
export function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new ToolFailure('stopped before it was done');
  }
}
