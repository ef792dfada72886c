import { closeSync, constants, fstatSync, lstatSync } from 'node:fs';
import { normalize } from 'node:path';
import { Finding } from './chain';
import { headFile, isLog, logInUse, readHead, rotatedFiles } from './files';
import { errorCode, NotOwnFile, openRegular } from './own-file';

/** Neither a log nor anything of one is at a path. */
export class NoAuditLog extends Error {
  constructor(path: string) {
    super(`there is no audit log at ${path}`);
    this.name = 'NoAuditLog';
  }
}

/** A log in use, as it was found. */
export interface FoundLog {
  readonly path: string;
  readonly exists: boolean;
  readonly head: ReturnType<typeof readHead> | 'unreadable';
}

/** An open file of a log. A gateway that rotates or deletes it meanwhile does not disturb its reading. */
export interface OpenFile {
  readonly name: string;
  readonly fd: number;
  readonly identity: string;
}

/** The files of a log at one moment. */
export interface Snapshot {
  /** Logs in use that the names belong to; empty when the files are judged alone. */
  readonly logs: readonly FoundLog[];
  readonly files: readonly OpenFile[];
  /** Names that no regular file stands at. */
  readonly findings: readonly Finding[];
}

/** Between the listing of a folder and the opening of its files, a gateway may delete the oldest. */
const MAX_ATTEMPTS = 10;

/**
 * Opens the files of a log.
 *
 * @param alone the files that are named, and nothing beside them
 * @throws NoAuditLog; Error when a file cannot be opened
 */
export function takeSnapshot(given: readonly string[], alone: boolean): Snapshot {
  const names = [...new Set(given.map((name) => normalize(name)))];
  for (let attempt = 1; ; attempt += 1) {
    try {
      return alone ? openAlone(names) : takeLogs(names);
    } catch (error) {
      if (alone || attempt === MAX_ATTEMPTS || errorCode(error) !== 'ENOENT') {
        throw error;
      }
    }
  }
}

function openAlone(names: readonly string[]): Snapshot {
  const files = names.filter(isLog);
  if (files.length === 0) {
    throw new Error('.head and .lock files are not logs; name a log');
  }
  return openAll(files, []);
}

function takeLogs(names: readonly string[]): Snapshot {
  const findings: Finding[] = [];
  // The head is read before the log, which only grows.
  const logs = [...new Set(names.map(logInUse))].map((path): FoundLog => ({
    path,
    head: findHead(path, findings),
    exists: exists(path),
  }));
  const opened = openAll(namesOf(logs, names), logs);
  const nothing = logs.find(({ path, exists: there, head }) => (
    !there && head === undefined && !opened.files.some(({ name }) => logInUse(name) === path)));
  if (nothing !== undefined) {
    opened.files.forEach(({ fd }) => closeSync(fd));
    throw new NoAuditLog(nothing.path);
  }
  return { ...opened, findings: [...findings, ...opened.findings] };
}

/**
 * Names of the files to open, in that order: the log in use is opened before the rotated files, one of which it may
 * become, are listed.
 */
function* namesOf(logs: readonly FoundLog[], names: readonly string[]): Generator<string> {
  yield* logs.filter(({ exists: there }) => there).map(({ path }) => path);
  const named = names.filter((name) => isLog(name) && logInUse(name) !== name);
  yield* new Set([...logs.flatMap(({ path }) => rotatedFiles(path)), ...named]);
}

function openAll(names: Iterable<string>, logs: readonly FoundLog[]): Snapshot {
  const files: OpenFile[] = [];
  const findings: Finding[] = [];
  try {
    for (const name of names) {
      open(name, files, findings);
    }
  } catch (error) {
    files.forEach(({ fd }) => closeSync(fd));
    throw error;
  }
  return { logs, files, findings };
}

/** Opens a file, unless it was opened by another name already. */
function open(name: string, files: OpenFile[], findings: Finding[]): void {
  try {
    const fd = openRegular(name, constants.O_RDONLY);
    const { dev, ino } = fstatSync(fd);
    const identity = `${dev} ${ino}`;
    if (files.some((file) => file.identity === identity)) {
      closeSync(fd);
    } else {
      files.push({ name, fd, identity });
    }
  } catch (error) {
    if (!(error instanceof NotOwnFile)) {
      throw error;
    }
    findings.push({ kind: 'not-a-file', seq: 0, file: name, message: error.message });
  }
}

function findHead(path: string, findings: Finding[]): FoundLog['head'] {
  try {
    return readHead(path);
  } catch (error) {
    if (error instanceof NotOwnFile) {
      findings.push({ kind: 'not-a-file', seq: 0, file: headFile(path), message: error.message });
      return 'unreadable';
    }
    throw error;
  }
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
