import { constants } from 'node:fs';
import { FileHandle, open, readlink } from 'node:fs/promises';
import { descriptorPath, O_PATH } from './handle';
import { belowRoot, MAX_PATH_DEPTH } from './path-text';
import { Denial, ToolFailure } from '../tools/tool';

const MAX_LINKS = 40;

export interface WalkRoot {
  readonly fd: number;
  /** Names of the root an absolute symbolic link may begin with. */
  readonly names: readonly string[];
}

export interface WalkJudge {
  /** Whether the path, which a symbolic link led to, may be asked for at all. */
  mayName(path: string): boolean;
  /** Whether the caller may learn that nothing is there. */
  mayMiss(path: string): boolean;
}

/**
 * Opens a path segment by segment, each from the handle of the folder before it, and follows symbolic links itself. The
 * kernel is never asked about anything outside the root, so that a link which leads there is denied alike whether its
 * target exists or not.
 *
 * @returns a handle that the caller closes
 */
export async function walkBelow(root: WalkRoot, segments: readonly string[], judge: WalkJudge): Promise<FileHandle> {
  const pending = [...segments].reverse();
  const folders: { name: string; handle: FileHandle }[] = [];
  const closeAll = async () => {
    for (const folder of folders.splice(0)) {
      await folder.handle.close();
    }
  };
  let links = 0;
  let attempt = segments.join('/');
  try {
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (name === '..') {
        const left = folders.pop();
        if (left === undefined) {
          throw new Denial('path.outside');
        }
        await left.handle.close();
        continue;
      }
      if (folders.length >= MAX_PATH_DEPTH) {
        throw new Denial('path.depth');
      }
      const parent = folders.at(-1)?.handle.fd ?? root.fd;
      const place = `${descriptorPath(parent)}/${name}`;
      if (links > 0) {
        attempt = [...folders.map((folder) => folder.name), name, ...[...pending].reverse()].join('/');
        if (!pending.includes('..') && !judge.mayName(attempt)) {
          throw new Denial('path.policy');
        }
      }
      const handle = await open(place, O_PATH + constants.O_NOFOLLOW);
      folders.push({ name, handle });
      if (!(await handle.stat()).isSymbolicLink()) {
        continue;
      }
      folders.pop();
      await handle.close();
      links += 1;
      if (links > MAX_LINKS) {
        throw new ToolFailure('too many symbolic links');
      }
      const target = await linkTarget(place);
      const absolute = target.startsWith('/');
      const inside = absolute
        ? root.names.map((rootName) => belowRoot(target, rootName)).find((below) => below !== undefined)
        : target;
      if (inside === undefined) {
        throw new Denial('path.outside');
      }
      if (absolute) {
        await closeAll();
      }
      pending.push(...inside.split('/').filter((segment) => segment !== '' && segment !== '.').reverse());
    }
    const last = folders.pop();
    return last?.handle ?? await open(descriptorPath(root.fd), O_PATH);
  } catch (error) {
    throw error instanceof Denial || judge.mayMiss(attempt) ? error : new Denial('path.policy');
  } finally {
    await closeAll();
  }
}

async function linkTarget(place: string): Promise<string> {
  try {
    return await readlink(place);
  } catch {
    // It was a link a moment ago: another process is swapping names.
    throw new Denial('path.changed');
  }
}
