import { lstatSync, readdirSync, readFileSync, Stats } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../../util/system-error';

/** The entry at a path; symbolic links are not followed. */
export type Kind = 'missing' | 'file' | 'directory' | 'link' | 'other';

export interface Look {
  readonly kind: Kind;
  readonly stats?: Stats;
}

/** Looks at a path; a path below something that is no folder is missing. */
export function look(path: string): Look {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats === undefined ? { kind: 'missing' } : { kind: kindOf(stats), stats };
  } catch (error) {
    if (errorCode(error) === 'ENOTDIR') { return { kind: 'missing' }; }
    throw error;
  }
}

function kindOf(stats: Stats): Kind {
  if (stats.isFile()) { return 'file'; }
  if (stats.isDirectory()) { return 'directory'; }
  return stats.isSymbolicLink() ? 'link' : 'other';
}

/** The text of a file that may not be there. */
export function readIfThere(path: string): string | undefined {
  return look(path).kind === 'file' ? readFileSync(path, 'utf8') : undefined;
}

/**
 * Returns every entry below a folder that is not itself a folder; relative, with forward slashes.
 *
 * @param skip names of entries that are left out, with everything below them. Default: none.
 */
export function* filesBelow(
  root: string,
  folder = '',
  skip: (name: string) => boolean = () => false,
): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (skip(entry.name)) {
      continue;
    }
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      yield* filesBelow(root, path, skip);
    } else {
      yield path;
    }
  }
}

/** The folders of a path, outermost first: `a/b/c` has `a` and `a/b`. */
export function foldersOf(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}
