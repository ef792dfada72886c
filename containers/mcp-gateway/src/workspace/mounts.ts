import { belowRoot } from './path-text';

/**
 * Returns the mounts through which something below a folder could be written, relative to the folder: empty for the one
 * the folder itself is on.
 *
 * @param mountinfo text of `/proc/self/mountinfo`, see `proc_pid_mountinfo(5)`
 */
export function writableMounts(mountinfo: string, folder: string): string[] {
  const mounts = mountinfo.split('\n').map(mountOf).filter((mount) => mount !== undefined);
  // the longest path on the way to the folder, and of those on one path the last: it covers the others
  const own = mounts
    .filter(({ path }) => path === '/' || belowRoot(folder, path) !== undefined)
    .reduce<Mount | undefined>(
      (best, mount) => (best === undefined || mount.path.length >= best.path.length ? mount : best),
      undefined,
    );
  const inside = new Map(
    mounts
      .filter(({ path }) => path !== folder && belowRoot(path, folder) !== undefined)
      .map((mount) => [mount.path, mount]),
  );
  return [
    ...(own?.isWritable === true ? [''] : []),
    ...[...inside.values()].filter(({ isWritable }) => isWritable).map(({ path }) => belowRoot(path, folder) ?? ''),
  ].sort();
}

interface Mount {
  readonly path: string;
  readonly isWritable: boolean;
}

function mountOf(line: string): Mount | undefined {
  const [before = '', after = ''] = line.split(' - ');
  const [, , , , path, options] = before.split(' ');
  const [, , ofFileSystem] = after.split(' ');
  if (path === undefined || options === undefined || ofFileSystem === undefined) {
    return undefined;
  }
  const isReadOnly = [options, ofFileSystem].some((each) => each.split(',').includes('ro'));
  return {
    path: path.replace(/\\(\d{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8))),
    isWritable: !isReadOnly,
  };
}
