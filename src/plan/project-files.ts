import { createHash } from 'node:crypto';
import { Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { compareText, sortedBy } from './collections';
import { isOutside, normalPath } from './project-path';
import { DirectoryFilePlan, DirectoryPlan, ProjectFilePlan } from './service-plan';
import { UNSEEN } from '../util/unseen';

/** Most bytes of a file that are read: a ConfigMap holds no more. */
export const MOST_FILE_BYTES = 1024 * 1024;

/** Text that every reader of YAML takes alike. Other content is written as base64. */
const NOT_PLAIN = new RegExp(`[\\u0000-\\u0008\\u000b-\\u001f${UNSEEN}]`, 'u');

/** The result of reading a file: its text or the error. */
export type FileReading = Pick<ProjectFilePlan, 'digest' | 'bytes' | 'base64' | 'problem'> & { readonly text?: string };

/** Most files of a folder that are read. */
const MOST_FILES = 500;

/** Files that systems leave in folders. */
const LITTER = ['.DS_Store', 'Thumbs.db', 'desktop.ini'];

/** What is read of a folder. */
export type DirectoryReading = Pick<DirectoryPlan, 'digest' | 'bytes' | 'problem' | 'files'>;

/** Files of the project that are mounted as they are, each read once. */
export class ProjectFiles {
  private readonly readings = new Map<string, FileReading>();
  private readonly root: string;

  /** @param root the project's folder. */
  constructor(root: string) {
    this.root = realpathSync(root);
  }

  /**
   * Reads a file. What lies outside the project is not read: its content would differ from machine to machine.
   *
   * @param path relative to the project's folder
   */
  public read(path: string): FileReading {
    const plain = normalPath(path);
    const known = this.readings.get(plain) ?? this.readingOf(plain);
    this.readings.set(plain, known);
    return known;
  }

  /** Returns whether a path of the project is a file. A path that the system refuses, such as a long one, is none. */
  public isFile(path: string): boolean {
    if (isHostPath(path)) {
      return false;
    }
    try {
      return statSync(join(this.root, path)).isFile();
    } catch {
      return false;
    }
  }

  /** Reads a folder, with hidden files. What it links to may not be there in a container, so a link is a problem. */
  public readDirectory(path: string): DirectoryReading {
    const plain = normalPath(path);
    if (isHostPath(plain)) {
      return { files: [] };
    }
    try {
      const real = realpathSync(join(this.root, plain));
      if (isOutside(relative(this.root, real).replaceAll(sep, '/'))) {
        return { files: [], problem: 'is a link that leads out of the project' };
      }
      return statSync(real).isDirectory() ? directoryIn(real) : { files: [], problem: 'is a file' };
    } catch {
      return { files: [], problem: 'does not exist' };
    }
  }

  private readingOf(path: string): FileReading {
    if (isHostPath(path)) {
      return {};
    }
    try {
      return this.readingIn(realpathSync(join(this.root, path)));
    } catch {
      return { problem: 'does not exist' };
    }
  }

  private readingIn(real: string): FileReading {
    if (isOutside(relative(this.root, real).replaceAll(sep, '/'))) {
      return { problem: 'is a link that leads out of the project' };
    }
    const stats = statSync(real);
    if (!stats.isFile()) {
      return { problem: stats.isDirectory() ? 'is a folder' : 'is not a regular file' };
    }
    return stats.size > MOST_FILE_BYTES ? { bytes: stats.size, ...digestOf(readFileSync(real)) } : contentOf(real);
  }
}

/** Whether a path leads to something of the machine and not of the project: also `~` and what a parameter sets. */
export function isHostPath(path: string): boolean {
  return isOutside(path) || /^~|^[A-Za-z]:|[$\\]/.test(path);
}

function directoryIn(folder: string): DirectoryReading {
  const files: DirectoryFilePlan[] = [];
  const hashes: string[] = [];
  let bytes = 0;
  const visit = (below: string): string | undefined => {
    const entries = readdirSync(join(folder, below), { withFileTypes: true }).filter(
      ({ name }) => !LITTER.includes(name),
    );
    for (const entry of entries.sort((a, b) => compareText(a.name, b.name))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      const problem = entry.isDirectory() ? visit(path) : take(path, entry);
      if (problem !== undefined) { return problem; }
    }
    return undefined;
  };
  const take = (path: string, entry: Dirent): string | undefined => {
    if (!entry.isFile()) { return `has the link or special file ${JSON.stringify(path)}`; }
    bytes += statSync(join(folder, path)).size;
    if (bytes > MOST_FILE_BYTES) { return 'has more than 1 MiB, and a ConfigMap holds no more'; }
    if (files.length === MOST_FILES) { return `has more than ${MOST_FILES} files`; }
    const { text, base64, digest } = contentOf(join(folder, path));
    files.push({ path, text, base64, executable: text?.startsWith('#!') ?? false });
    hashes.push(`${JSON.stringify(path)} ${digest}\n`);
    return undefined;
  };
  const problem = visit('');
  if (problem !== undefined) { return { files: [], problem }; }
  return files.length === 0
    ? { files, problem: 'has no files' }
    : { files: sortedBy(files, ({ path }) => path), bytes, ...digestOf(Buffer.from(hashes.sort().join(''))) };
}

/** Line ends do not count: version control changes them. */
function contentOf(file: string): FileReading {
  const read = readFileSync(file);
  const bytes = read.includes(0) ? read : withoutReturns(read);
  const text = textOf(bytes);
  const content = text === undefined ? { base64: bytes.toString('base64') } : { text };
  return { bytes: bytes.length, ...digestOf(bytes), ...content };
}

function digestOf(bytes: Buffer): Pick<FileReading, 'digest'> {
  return { digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` };
}

function withoutReturns(bytes: Buffer): Buffer {
  return bytes.includes('\r\n') ? Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1') : bytes;
}

/** Returns undefined for what is no plain text in UTF-8. */
function textOf(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) && !NOT_PLAIN.test(text) ? text : undefined;
}
