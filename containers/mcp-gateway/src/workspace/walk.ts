import { constants } from 'fs';
import { FileHandle, open, readlink } from 'fs/promises';
import { Denial, ToolFailure } from '../tools/tool';
import { descriptorPath, O_PATH } from './handle';
import { belowRoot } from './path-text';

const MAX_LINKS = 40;


/**
 * Opens a path segment by segment, each from the handle of the folder before it, and follows symbolic links itself. The
 * kernel is never asked about anything outside the root, so that a link which leads there is denied alike whether its
 * target exists or not.
 *
 * @param mayName judges the path a symbolic link led to, before the answer could tell whether it exists
 * @returns a handle that the caller closes
 */
export async function walkBelow(
  root: { readonly path: string; readonly fd: number }, segments: readonly string[], mayName: (path: string) => boolean,
): Promise<FileHandle> {
  const pending = [...segments].reverse();
  const folders: { name: string; handle: FileHandle }[] = [];
  const closeAll = async () => {
    for (const folder of folders.splice(0)) {
      await folder.handle.close();
    }
  };
  let links = 0;
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
      const parent = folders.at(-1)?.handle.fd ?? root.fd;
      const place = `${descriptorPath(parent)}/${name}`;
      if (links > 0) {
        const target = [...folders.map(folder => folder.name), name, ...[...pending].reverse()].join('/');
        if (!pending.includes('..') && !mayName(target)) {
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
      const inside = target.startsWith('/') ? belowRoot(target, root.path) : target;
      if (inside === undefined) {
        throw new Denial('path.outside');
      }
      if (target.startsWith('/')) {
        await closeAll();
      }
      pending.push(...inside.split('/').filter(segment => segment !== '' && segment !== '.').reverse());
    }
    const last = folders.pop();
    return last?.handle ?? await open(descriptorPath(root.fd), O_PATH);
  } finally {
    await closeAll();
  }
}

async function linkTarget(place: string): Promise<string> {
  try {
    return await readlink(place);
  } catch {
    // It was a link a moment ago: somebody is swapping names under us.
    throw new Denial('path.changed');
  }
}
