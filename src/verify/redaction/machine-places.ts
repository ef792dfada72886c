import { realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { Redaction } from './redactor';

/** Returns redactions of local folders, so that records do not depend on the machine. */
export function machinePlaces(root: string): Redaction[] {
  return [...hidePlace(root, '.'), ...hidePlace(tmpdir(), '<tmp>'), ...hidePlace(homedir(), '~')];
}

function hidePlace(folder: string, marker: string): Redaction[] {
  const names = [folder, real(folder)].map((name) => name.replace(/[\\/]+$/, ''));
  // the root folder is not specific to this machine
  return [...new Set(names)].filter((name) => name.length > 1).map((name) => ({
    // match whole folder names only
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
