import { realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { KeptFile } from './document';
import { Finding, Severity } from '../model/finding';
import { OutputFile } from '../plan/target-output';
import { applyChanges, Progress } from './private/apply-changes';
import { Changes, findChanges } from './private/compare-folder';
import { makeFolder, restoreMode, removeIfEmpty, tolerate } from './private/disk';
import { Lock, takeLock } from './private/lock';
import { foldersOf, look } from './private/look';
import { renderManifest } from './private/manifest';
import { judgeFiles } from './private/output-path';
import { LOCK } from './private/ownership';
import { findLeftovers, removeQuietly } from './private/temporary-file';
import { systemFinding } from './system-finding';
import { outputFinding } from '../rules/reported/output-folder';

export interface OutputOptions {
  /** The file that describes the model; relative to the project's folder, with forward slashes. */
  readonly source: string;
  /**
   * Name of the output folder in messages.
   *
   * @default - the folder as it was given
   */
  readonly label?: string;
  /**
   * Files that are not generated and stay as they are.
   *
   * @default - none
   */
  readonly kept?: readonly KeptFile[];
}

export interface WriteResult {
  /** When one of them is an error, either nothing was changed or the message says what was. */
  readonly findings: readonly Finding[];
  /** Paths that were written, sorted; the manifest comes last. */
  readonly written: readonly string[];
  /** Paths that were removed because they are no longer generated; sorted. */
  readonly removed: readonly string[];
  /** Number of files that had the right bytes and were left alone. */
  readonly unchanged: number;
}

const UNTOUCHED = 'The files are as they were.';

const STATES: Readonly<Record<Progress['state'], string>> = {
  unchanged: 'could not be written and is as it was',
  partial: 'was written only in part, and the next synth completes it',
  written: 'was written, but the disk does not confirm it',
};

/**
 * Brings the output folder to exactly these files. Files with the same bytes are not touched, generated files that
 * left the model are removed, other files are left alone. A file is replaced as a whole or not at all; a run that was
 * killed is completed by the next one.
 *
 * @param outdir the output folder; made when it is missing.
 * @param files all generated files.
 */
export function writeOutput(outdir: string, files: readonly OutputFile[], options: OutputOptions): WriteResult {
  const findings = judgeFiles(files);
  if (findings.length > 0) { return refused(...findings); }
  const label = (options.label ?? outdir).replaceAll('\\', '/');
  const progress: Progress = { state: 'unchanged' };
  try {
    const root = realRoot(outdir);
    if (root === undefined) {
      return refused(outputFinding('output-blocked', `"${label}" is a symbolic link that leads nowhere.`));
    }
    if (!['directory', 'missing'].includes(look(root).kind)) {
      return refused(outputFinding('output-blocked', `"${label}" is not a folder.`));
    }
    const changes = findChanges(root, label, files, options);
    if (hasErrors(changes) || isSettled(root, changes)) { return resultOf(root, changes); }
    const made = makeFolders(root);
    try {
      return locked(root, label, (lock) => write(lock, root, label, files, options, progress));
    } finally {
      made.forEach(removeIfEmpty);
    }
  } catch (error) {
    return refused(systemFinding(error, `"${label}" ${STATES[progress.state]}`, { path: outdir, label }));
  }
}

function locked(root: string, label: string, run: (lock: Lock) => WriteResult): WriteResult {
  const lock = takeLock(root);
  if ('blocked' in lock) {
    const message = `"${label}/${LOCK}" is in the way of the lock of the same name. ${UNTOUCHED}`;
    return refused(outputFinding('output-blocked', message));
  }
  if ('holder' in lock) {
    const holder = lock.holder === undefined ? 'Another process' : `Process ${lock.holder}`;
    return refused(outputFinding('output-locked', `${holder} holds "${label}/${LOCK}". ${UNTOUCHED}`));
  }
  try {
    return run(lock);
  } finally {
    lock.release();
  }
}

/** Compares again, since another process may have written before this one got the lock. */
function write(
  lock: Lock,
  root: string,
  label: string,
  files: readonly OutputFile[],
  options: OutputOptions,
  progress: Progress,
): WriteResult {
  const changes = findChanges(root, label, files, options);
  if (hasErrors(changes)) { return resultOf(root, changes); }
  findLeftovers(root).forEach(removeQuietly);
  const { source, kept } = options;
  const manifests = {
    incomplete: renderManifest(source, files, kept, changes.before),
    complete: renderManifest(source, files, kept),
  };
  if (isEmpty(changes) || applyChanges(root, changes, manifests, lock.isHeld, progress)) {
    return resultOf(root, changes);
  }
  const message = `Another synth took over "${label}" while this one was suspended. ${UNTOUCHED}`;
  return refused(outputFinding('output-locked', message));
}

/** The output folder itself may be a link: that is the user's choice. Its contents may not. */
function realRoot(outdir: string): string | undefined {
  if (look(outdir).kind !== 'link') { return resolve(outdir); }
  try {
    return realpathSync(outdir);
  } catch (error) {
    tolerate(error, 'ENOENT', 'ENOTDIR', 'ELOOP');
    return undefined;
  }
}

/** Makes the output folder and the folders above it; returns the new ones, innermost first. */
function makeFolders(root: string): string[] {
  const missing: string[] = [];
  for (let folder = root; look(folder).kind === 'missing'; folder = dirname(folder)) { missing.push(folder); }
  return missing.reverse().filter(makeFolder).reverse();
}

/** Whether there is nothing to do, not even to remove what a killed run left. */
function isSettled(root: string, changes: Changes): boolean {
  return isEmpty(changes) && look(join(root, LOCK)).kind === 'missing' && findLeftovers(root).length === 0;
}

function isEmpty({ writes, removes }: Changes): boolean {
  return writes.length === 0 && removes.length === 0;
}

function hasErrors({ findings }: Changes): boolean {
  return findings.some(({ severity }) => severity === Severity.ERROR);
}

function refused(...findings: readonly Finding[]): WriteResult {
  return { findings, written: [], removed: [], unchanged: 0 };
}

function resultOf(root: string, changes: Changes): WriteResult {
  const { findings, writes, removes, same } = changes;
  if (hasErrors(changes)) { return refused(...findings); }
  restoreModes(root, same);
  return { findings, written: writes.map(({ path }) => path), removed: removes, unchanged: same.length };
}

function restoreModes(root: string, paths: readonly string[]): void {
  for (const folder of new Set(paths.flatMap(foldersOf))) {
    restoreMode(join(root, folder), look(join(root, folder)).stats?.mode, true);
  }
  for (const path of paths) { restoreMode(join(root, path), look(join(root, path)).stats?.mode, false); }
}
