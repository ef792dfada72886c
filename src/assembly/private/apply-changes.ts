import { readdirSync, renameSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Changes } from './compare-folder';
import { makeFolder, removeIfEmpty, syncFolder, tolerate } from './disk';
import { foldersOf, look } from './look';
import { MANIFEST } from './ownership';
import { removeQuietly, writeTemporary } from './temporary-file';

/** How far a run has got; the message says so when it fails. */
export interface Progress {
  state: 'unchanged' | 'partial' | 'written';
}

/** Texts of the manifest while files are replaced and afterwards. */
export interface Manifests {
  readonly incomplete: string;
  readonly complete: string;
}

/**
 * Brings the output folder up to date. Each file is replaced by a rename, so none is ever half-written.
 *
 * An incomplete manifest is put in place first. It lists the files as they are and as they will be, so that the next
 * run knows the generated files if this one is killed, whether they are old or new.
 *
 * @param mayStart asked right before the first change; when it returns false, nothing is changed.
 * @returns whether the changes were made.
 * @throws the system's error; `progress` has the state of the folder.
 */
export function applyChanges(
  root: string,
  { writes, removes, before }: Changes,
  manifests: Manifests,
  mayStart: () => boolean,
  progress: Progress,
): boolean {
  const manifest = join(root, MANIFEST);
  const temporaries: string[] = [];
  const write = (content: string) => {
    const temporary = writeTemporary(root, content);
    temporaries.push(temporary);
    return temporary;
  };
  try {
    const files = writes
      .filter(({ path }) => path !== MANIFEST)
      .map(({ path, content }) => ({ path, temporary: write(content) }));
    const [incomplete, complete] = [write(manifests.incomplete), write(manifests.complete)];
    if (!mayStart()) { return false; }
    renameSync(incomplete, manifest);
    progress.state = 'partial';
    syncFolder(root);
    // Removed first: a removed file may have the name of a new folder, or of a new file in another case.
    removes.forEach((path) => removeFile(join(root, path)));
    removeEmptied(root, before.keys());
    files.forEach(({ path, temporary }) => moveInto(root, path, temporary));
    syncFolders(root, [...removes, ...files.map(({ path }) => path)]);
    renameSync(complete, manifest);
    progress.state = 'written';
    syncFolder(root);
    return true;
  } finally {
    temporaries.forEach(removeQuietly);
  }
}

function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    tolerate(error, 'ENOENT');
  }
}

function removeEmptied(root: string, paths: Iterable<string>): void {
  const folders = new Set([...paths].flatMap(foldersOf));
  [...folders].sort().reverse().forEach((folder) => removeIfEmpty(join(root, folder)));
}

function moveInto(root: string, path: string, temporary: string): void {
  foldersOf(path).forEach((folder) => makeFolder(join(root, folder)));
  removeEmptyFolders(join(root, path));
  renameSync(temporary, join(root, path));
}

/** Removes a folder and the folders in it. A file in them stays, and so do its folders. */
function removeEmptyFolders(path: string): void {
  if (look(path).kind !== 'directory') { return; }
  readdirSync(path).forEach((name) => removeEmptyFolders(join(path, name)));
  removeIfEmpty(path);
}

function syncFolders(root: string, paths: readonly string[]): void {
  const folders = new Set(paths.map((path) => dirname(join(root, path))));
  [...folders].filter((folder) => look(folder).kind === 'directory').forEach(syncFolder);
}
