import { realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { Hider } from './hider';

/** Folders of this machine, so that the same output is recorded wherever a check is run. */
export function machinePlaces(root: string): Hider[] {
  return [...hidePlace(root, '.'), ...hidePlace(tmpdir(), '<tmp>'), ...hidePlace(homedir(), '~')];
}

function hidePlace(folder: string, marker: string): Hider[] {
  const names = [folder, real(folder)].map((name) => name.replace(/[\\/]+$/, ''));
  // the root of a file system is no place that tells anything
  return [...new Set(names)].filter((name) => name.length > 1).map((name) => ({
    // a folder whose name merely begins or ends like this one is another folder
    pattern: new RegExp(`(?<![\\w.~-])${name.replace(/[^A-Za-z0-9/]/g, '\\$&')}(?![\\w-])`, 'gd'),
    marker,
    longest: name.length,
  }));
}

function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
