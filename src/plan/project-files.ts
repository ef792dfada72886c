import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isOutside, normalPath } from './project-path';
import { ProjectFilePlan } from './service-plan';
import { UNSEEN } from '../util/unseen';

/** Most bytes of a file that are read: a ConfigMap holds no more. */
export const MOST_FILE_BYTES = 1024 * 1024;

/** Text that every reader of YAML takes alike. Other content is written as base64. */
const NOT_PLAIN = new RegExp(`[\\u0000-\\u0008\\u000b-\\u001f${UNSEEN}]`, 'u');

/** The result of reading a file: its text or the error. */
export type FileReading = Pick<ProjectFilePlan, 'digest' | 'bytes' | 'base64' | 'problem'> & { readonly text?: string };

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
