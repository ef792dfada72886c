import { copyFileSync, linkSync, readlinkSync, renameSync, rmSync, symlinkSync, unlinkSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Changes } from './changes';
import { makeFolder, removeIfEmpty, syncFolder, tolerate, writeDurably } from './disk';
import { Journal, parseJournal, renderJournal } from './journal';
import { foldersOf, look, readIfThere } from './look';
import { STAGE } from './reserved';
import { errorCode } from '../../util/system-error';

const FORWARD = 'journal.json';
const BACK = 'undo.json';

/**
 * All files, or none. Everything is put beside the tree first; a journal, brought in by one rename, is the moment from
 * which the run counts; then files are moved by renames that can be repeated. Whoever finds a journal finishes it.
 */
export class Transaction {
  private readonly stage: string;

  constructor(private readonly outdir: string) {
    this.stage = join(outdir, STAGE);
  }

  /** Whether an earlier run ended in the middle. */
  public isInterrupted(): boolean {
    return look(this.stage).kind !== 'missing';
  }

  /** Finishes what an interrupted run had decided, and removes what it had only begun. */
  public recover(): void {
    if (look(this.stage).kind === 'directory') {
      const undo = this.read(BACK);
      const journal = undo ?? this.read(FORWARD);
      if (journal !== undefined) { this.assertNoLinks(journal); }
      if (undo !== undefined) {
        this.back(undo);
      } else if (journal !== undefined) {
        this.forward(journal);
      }
    }
    this.clear();
  }

  /**
   * Makes the changes.
   *
   * @param mayCommit asked at the last moment; when it says no, nothing is changed.
   * @returns whether the changes were made.
   * @throws the system's error when it refuses; the tree is as it was.
   */
  public apply(changes: Changes, mayCommit: () => boolean): boolean {
    const journal = this.prepare(changes);
    if (!mayCommit()) {
      this.clear();
      return false;
    }
    renameSync(join(this.stage, `${FORWARD}.new`), join(this.stage, FORWARD));
    try {
      syncFolder(this.stage);
      syncFolder(this.outdir);
      this.forward(journal);
    } catch (error) {
      this.takeBackQuietly(journal);
      throw error;
    }
    this.clearQuietly();
    return true;
  }

  /** Whether files are half way: an earlier run, or this one, could neither finish nor go back. */
  public isHalfWay(): boolean {
    return [FORWARD, BACK].some((name) => look(join(this.stage, name)).kind !== 'missing');
  }

  private prepare(changes: Changes): Journal {
    const journal: Journal = {
      version: 1,
      writes: changes.writes.map(({ path, replaces }) => ({ path, replaces })),
      removes: changes.removes,
      makes: this.missingFolders(changes),
    };
    try {
      makeFolder(this.stage);
      changes.writes.forEach((write, index) => {
        writeDurably(this.staged(index), write.content);
        if (write.replaces) { keepCopy(this.at(write.path), this.kept('write', index)); }
      });
      writeDurably(join(this.stage, `${FORWARD}.new`), renderJournal(journal));
      syncFolder(this.stage);
    } catch (error) {
      this.clearQuietly();
      throw error;
    }
    return journal;
  }

  private missingFolders(changes: Changes): string[] {
    const folders = new Set(changes.writes.flatMap((write) => foldersOf(write.path)));
    return [...folders].filter((folder) => look(this.at(folder)).kind !== 'directory').sort();
  }

  /**
   * Every step can be repeated: a staged file that is gone has arrived. And every step can be taken back on a disk
   * without room: what goes is moved aside, and emptied folders go last.
   */
  private forward(journal: Journal): void {
    journal.removes.forEach((path, index) => {
      const kept = this.kept('remove', index);
      if (look(kept).kind === 'missing') { moveIfThere(this.at(path), kept); }
    });
    journal.makes.forEach((folder) => makeFolder(this.at(folder)));
    journal.writes.forEach((write, index) => {
      if (look(this.at(write.path)).kind === 'directory') {
        renameSync(this.at(write.path), this.kept('folder', index));
      }
      moveIfThere(this.staged(index), this.at(write.path));
    });
    this.removeEmptied(journal.removes);
    this.syncFolders(journal);
    unlinkSync(join(this.stage, FORWARD));
  }

  /**
   * Turns round: from here on whoever finds the staging folder goes back. If even that fails, the next run finishes.
   */
  private takeBackQuietly(journal: Journal): void {
    try {
      renameSync(join(this.stage, FORWARD), join(this.stage, BACK));
      this.back(journal);
      this.clear();
    } catch (error) {
      if (errorCode(error) === undefined) { throw error; }
    }
  }

  private back(journal: Journal): void {
    journal.writes.forEach((write, index) => {
      // staged still means: never arrived
      const arrived = look(this.staged(index)).kind === 'missing';
      if (!write.replaces && arrived && look(this.at(write.path)).kind === 'file') { unlinkSync(this.at(write.path)); }
    });
    [...journal.makes].reverse().forEach((folder) => removeIfEmpty(this.at(folder)));
    journal.writes.forEach((write, index) => {
      this.putBack(this.kept('folder', index), write.path);
      this.putBack(this.kept('write', index), write.path);
    });
    journal.removes.forEach((path, index) => this.putBack(this.kept('remove', index), path));
    this.syncFolders(journal);
    unlinkSync(join(this.stage, BACK));
  }

  private putBack(kept: string, path: string): void {
    if (look(kept).kind === 'missing') { return; }
    foldersOf(path)
      .filter((folder) => look(this.at(folder)).kind === 'missing')
      .forEach((folder) => makeFolder(this.at(folder)));
    renameSync(kept, this.at(path));
  }

  private removeEmptied(removes: readonly string[]): void {
    const folders = new Set(removes.flatMap(foldersOf));
    [...folders].sort().reverse().forEach((folder) => removeIfEmpty(this.at(folder)));
  }

  private syncFolders(journal: Journal): void {
    const paths = [...journal.writes.map((write) => write.path), ...journal.removes];
    const folders = new Set(paths.map((path) => dirname(this.at(path))));
    [this.outdir, ...folders].filter((folder) => look(folder).kind === 'directory').forEach(syncFolder);
  }

  private read(name: string): Journal | undefined {
    const text = readIfThere(join(this.stage, name));
    if (text === undefined) { return undefined; }
    const journal = parseJournal(text);
    if (journal === undefined) { throw new BrokenJournalError(`${STAGE}/${name}`); }
    return journal;
  }

  /** A journal that came with a checkout must not lead out of the folder. */
  private assertNoLinks(journal: Journal): void {
    const paths = [
      ...journal.writes.map((write) => write.path),
      ...journal.removes,
      ...journal.makes.map((folder) => `${folder}/`),
    ];
    const link = paths.flatMap(foldersOf).find((folder) => look(this.at(folder)).kind === 'link');
    if (link !== undefined) { throw new BrokenJournalError(link); }
  }

  private clear(): void {
    rmSync(this.stage, { recursive: true, force: true });
  }

  /** What counts is done or was never begun; the next run tidies what is left. */
  private clearQuietly(): void {
    try {
      this.clear();
    } catch (error) {
      if (errorCode(error) === undefined) { throw error; }
    }
  }

  private at(path: string): string {
    return join(this.outdir, path);
  }

  private staged(index: number): string {
    return join(this.stage, `write-${index}.new`);
  }

  private kept(kind: 'write' | 'remove' | 'folder', index: number): string {
    return join(this.stage, `${kind}-${index}.old`);
  }
}

/** The record of an interrupted run cannot be used. */
export class BrokenJournalError extends Error {
  constructor(public readonly file: string) {
    super(`${file} cannot be used`);
  }
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    // the journal may be replayed: then the file has moved already
    if (look(from).kind !== 'missing') { throw error; }
    tolerate(error, 'ENOENT', 'ENOTDIR');
  }
}

/** Keeps the old file by a second name; where the file system has no hard links, by a copy. */
function keepCopy(from: string, to: string): void {
  const { kind, stats } = look(from);
  if (kind === 'link') {
    symlinkSync(readlinkSync(from), to);
    return;
  }
  try {
    linkSync(from, to);
  } catch (error) {
    tolerate(error, 'EPERM', 'EACCES', 'ENOTSUP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EOPNOTSUPP');
    copyFileSync(from, to);
    utimesSync(to, stats!.atime, stats!.mtime);
  }
}
