import { realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { KeptFile } from './document';
import { Finding, Severity } from '../model/finding';
import { OutputFile } from '../plan/output-file';
import { Changes, findChanges } from './private/changes';
import { makeFolder, restoreMode, removeIfEmpty, tolerate } from './private/disk';
import { Lock, takeLock } from './private/lock';
import { foldersOf, look } from './private/look';
import { judgeFiles } from './private/output-path';
import { LOCK } from './private/reserved';
import { BrokenJournalError, Transaction } from './private/transaction';
import { systemFinding } from './system-finding';
import { outputFinding } from '../rules/reported/output';

export interface OutputOptions {
  /** The file that describes the model; relative to the project's folder, with forward slashes. */
  readonly source: string;
  /**
   * How messages call the output folder.
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
  /** When one of them is an error, nothing was changed. */
  readonly findings: readonly Finding[];
  /** Paths that were written, sorted; the manifest comes last. */
  readonly written: readonly string[];
  /** Paths that were removed because they are no longer generated; sorted. */
  readonly removed: readonly string[];
  /** How many files had the right bytes and were left alone. */
  readonly unchanged: number;
}

const UNTOUCHED = 'The files are as they were.';

/**
 * Brings the output folder to exactly these files: all, or none. Files with the same bytes are not touched, files of
 * ours that are no longer generated are removed, files that are not ours are left alone. A run that was killed is
 * finished or taken back by the next.
 *
 * @param outdir the output folder; made when it is missing.
 * @param files everything that is generated.
 */
export function writeOutput(outdir: string, files: readonly OutputFile[], options: OutputOptions): WriteResult {
  const findings = judgeFiles(files);
  if (findings.length > 0) { return refused(findings); }
  return guarded(outdir, options.label, (root, label, progress) => {
    const first = findChanges(root, label, files, options);
    if (hasErrors(first)) { return refused(first.findings); }
    if (isSettled(root, first)) { return finished(root, first, progress); }
    const made = makeFolders(root);
    const result = locked(root, label, (lock) => {
      const transaction = new Transaction(root);
      transaction.recover();
      const changes = findChanges(root, label, files, options);
      if (hasErrors(changes)) { return refused(changes.findings); }
      if (isEmpty(changes) || transaction.apply(changes, () => lock.isHeld())) {
        return finished(root, changes, progress);
      }
      return refused([
        outputFinding(
          'output-locked',
          `Another synthesis took over "${label}" while this one was held up. ${UNTOUCHED}`,
        ),
      ]);
    });
    made.forEach(removeIfEmpty);
    return result;
  });
}

/**
 * Finishes or takes back what a killed run left in the output folder; does nothing when there is nothing left.
 *
 * @param outdir the output folder.
 */
export function recoverOutput(outdir: string, label?: string): readonly Finding[] {
  return guarded(outdir, label, (root, shown) => {
    if (!isLeftOver(root)) { return refused([]); }
    return locked(root, shown, () => {
      new Transaction(root).recover();
      return refused([]);
    });
  }).findings;
}

interface Progress {
  /** From here on the files are the new ones. */
  isDone: boolean;
}

function guarded(
  outdir: string,
  label: string | undefined,
  run: (root: string, label: string, progress: Progress) => WriteResult,
): WriteResult {
  const shown = (label ?? outdir).replaceAll('\\', '/');
  const progress: Progress = { isDone: false };
  try {
    const root = realRoot(outdir);
    if (root === undefined) {
      return refused([outputFinding('output-blocked', `"${shown}" is a symbolic link that leads nowhere.`)]);
    }
    if (!['directory', 'missing'].includes(look(root).kind)) {
      return refused([outputFinding('output-blocked', `"${shown}" is no folder.`)]);
    }
    return run(root, shown, progress);
  } catch (error) {
    if (error instanceof BrokenJournalError) {
      const message = `An earlier synthesis was interrupted, and its record "${shown}/${error.file}" cannot be used. Delete "${shown}/.toolbox-stage".`;
      return refused([outputFinding('output-interrupted', message)]);
    }
    return refused([
      systemFinding(error, `"${shown}" ${progress.isDone ? 'was written, but not tidied up' : stateOf(outdir)}`, {
        path: outdir,
        label: shown,
      }),
    ]);
  }
}

function locked(root: string, label: string, run: (lock: Lock) => WriteResult): WriteResult {
  const lock = takeLock(root);
  if ('blocked' in lock) {
    return refused([
      outputFinding('output-blocked', `"${label}/${LOCK}" is in the way of the lock of the same name. ${UNTOUCHED}`),
    ]);
  }
  if ('holder' in lock) {
    const holder = lock.holder === undefined ? 'Another process' : `Process ${lock.holder}`;
    return refused([
      outputFinding('output-locked', `${holder} holds "${label}/${LOCK}" and does not let go of it. ${UNTOUCHED}`),
    ]);
  }
  try {
    return run(lock);
  } finally {
    lock.release();
  }
}

/** The output folder itself may be a link: that is the user's choice. What is in it may not. */
function realRoot(outdir: string): string | undefined {
  if (look(outdir).kind !== 'link') { return resolve(outdir); }
  try {
    return realpathSync(outdir);
  } catch (error) {
    tolerate(error, 'ENOENT', 'ENOTDIR', 'ELOOP');
    return undefined;
  }
}

/** Makes the output folder; gives back the folders that are new, innermost first. */
function makeFolders(root: string): string[] {
  const missing: string[] = [];
  for (let folder = root; look(folder).kind === 'missing'; folder = dirname(folder)) { missing.push(folder); }
  return missing.reverse().filter(makeFolder).reverse();
}

function isSettled(root: string, changes: Changes): boolean {
  return isEmpty(changes) && !isLeftOver(root);
}

function isLeftOver(root: string): boolean {
  return new Transaction(root).isInterrupted() || look(join(root, LOCK)).kind !== 'missing';
}

function stateOf(outdir: string): string {
  try {
    return new Transaction(outdir).isHalfWay()
      ? 'was written only in part, which the next run puts right'
      : 'could not be written and is as it was';
  } catch {
    return 'could not be written, and how it is now cannot be told; the next run puts it right';
  }
}

function isEmpty(changes: Changes): boolean {
  return changes.writes.length === 0 && changes.removes.length === 0;
}

function hasErrors(changes: Changes): boolean {
  return changes.findings.some((finding) => finding.severity === Severity.ERROR);
}

function refused(findings: readonly Finding[]): WriteResult {
  return { findings, written: [], removed: [], unchanged: 0 };
}

function finished(root: string, changes: Changes, progress: Progress): WriteResult {
  progress.isDone = true;
  restoreModes(root, changes.same);
  return {
    findings: changes.findings,
    written: changes.writes.map((write) => write.path),
    removed: changes.removes,
    unchanged: changes.same.length,
  };
}

function restoreModes(root: string, paths: readonly string[]): void {
  for (const folder of new Set(paths.flatMap(foldersOf))) {
    restoreMode(join(root, folder), look(join(root, folder)).stats?.mode, true);
  }
  for (const path of paths) { restoreMode(join(root, path), look(join(root, path)).stats?.mode, false); }
}
