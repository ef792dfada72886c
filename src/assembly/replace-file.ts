import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Finding } from '../model/finding';
import { errorCode } from '../util/system-error';
import { makeFolder, removeIfEmpty, syncFolder } from './private/disk';
import { printable } from '../util/printable';
import { foldersOf, look } from './private/look';
import { pathProblem } from './private/output-path';
import { findLeftovers, moveIn, removeQuietly, writeTemporary } from './private/temporary-file';
import { systemFinding } from './system-finding';
import { outputFinding } from '../rules/reported/output-folder';

/**
 * Replaces or creates one file below the project's folder, with its folders. A reader gets either the old bytes or the
 * new ones, even when the machine stops in the middle. Leaves an unchanged file alone, keeps permissions, and removes
 * temporary files of killed runs.
 *
 * @param root the project's folder
 * @param path the file, relative to it, with forward slashes
 * @param content what it shall hold
 * @param mode permissions of a new file; those of a replaced one stay
 * @default mode - 0644
 * @returns what went wrong, and whether the old file is still there; empty when all went well
 */
export function replaceFile(root: string, path: string, content: string, mode?: number): readonly Finding[] {
  const problem = pathProblem(path);
  if (problem !== undefined) {
    return [
      fixed(
        'output-path',
        `The path "${printable(path)}" ${problem}, and nothing is written there.`,
        "Name a file below the project's folder.",
      ),
    ];
  }
  const progress: Progress = { made: [], isMoved: false };
  try {
    const blocked = blockedBy(root, path);
    if (blocked !== undefined) {
      return [
        fixed(
          'output-blocked',
          `"${blocked}" is in the way of the file "${path}".`,
          'Move it away; then run the command again.',
        ),
      ];
    }
    replace(root, path, content, progress, mode);
    return [];
  } catch (error) {
    takeBack(progress);
    const state = progress.isMoved
      ? 'was replaced, but the disk does not confirm it'
      : 'could not be written and is as it was';
    return [systemFinding(error, `"${path}" ${state}`)];
  }
}

interface Progress {
  /** New folders, outermost first. */
  readonly made: string[];
  /** From here on the file is the new one. */
  isMoved: boolean;
}

function fixed(rule: 'output-path' | 'output-blocked', message: string, fix: string): Finding {
  return { ...outputFinding(rule, message), fix };
}

/**
 * Returns the link, file or device in the place of a folder or the file. The project's own folder may be a link: that
 * is the user's choice.
 */
function blockedBy(root: string, path: string): string | undefined {
  const folder = foldersOf(path).find((name) => !['missing', 'directory'].includes(look(join(root, name)).kind));
  return folder ?? (['missing', 'file'].includes(look(join(root, path)).kind) ? undefined : path);
}

function replace(root: string, path: string, content: string, progress: Progress, mode?: number): void {
  const file = join(root, path);
  for (const folder of foldersOf(path).map((name) => join(root, name))) {
    if (makeFolder(folder)) { progress.made.push(folder); }
  }
  findLeftovers(dirname(file)).forEach(removeQuietly);
  const { stats } = look(file);
  if (stats !== undefined && readFileSync(file).equals(Buffer.from(content))) { return; }

  const temporary = writeTemporary(dirname(file), content, stats?.mode ?? mode);
  moveIn(temporary, file);
  progress.isMoved = true;
  [file, ...progress.made.reverse()].forEach((name) => syncFolder(dirname(name)));
}

function takeBack({ made, isMoved }: Progress): void {
  if (isMoved) { return; }
  for (const folder of [...made].reverse()) {
    try {
      removeIfEmpty(folder);
    } catch (error) {
      // an empty folder is harmless
      if (errorCode(error) === undefined) { throw error; }
    }
  }
}
