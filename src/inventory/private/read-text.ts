import * as fs from 'node:fs';
import { Report } from './report';

/** One mebibyte: a thousand times what an inventory needs. */
const MOST_BYTES = 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;

const TOP = { line: 1, column: 1 };

export interface ReadOptions {
  /**
   * A file that is not there is no mistake.
   *
   * @default false
   */
  readonly mayMiss?: boolean;
  /**
   * Keeps the byte order mark with which Windows editors begin a file, and which means nothing.
   *
   * @default false
   */
  readonly keepsMark?: boolean;
}

/** Returns the text of an inventory file. Reports a file that cannot be read and returns undefined. */
export function readText(file: string, report: Report, options: ReadOptions = {}): string | undefined {
  const bytes = readBytes(file, report, options);
  if (bytes === undefined) {
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: options.keepsMark }).decode(bytes);
  } catch {
    report.add('inventory-unreadable', TOP, 'The file is not UTF-8 text.', report.redo ?? 'Save it as UTF-8.');
    return undefined;
  }
}

function readBytes(file: string, report: Report, { mayMiss }: ReadOptions): Buffer | undefined {
  let handle: number | undefined;
  try {
    // a named pipe would otherwise wait for a writer for ever
    handle = fs.openSync(file, fs.constants.O_RDONLY + (fs.constants.O_NONBLOCK ?? 0));
    const stat = fs.fstatSync(handle);
    if (!stat.isFile()) {
      report.add('inventory-unreadable', TOP, 'This is not a file.', 'Name the inventory file itself.');
      return undefined;
    }
    return readAtMost(handle, report);
  } catch (error) {
    if (mayMiss && (error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    report.add(
      'inventory-unreadable',
      TOP,
      `The file cannot be read: ${reasonOf(error)}.`,
      'Create it, or fix the path or its permissions.',
    );
    return undefined;
  } finally {
    if (handle !== undefined) {
      fs.closeSync(handle);
    }
  }
}

/** Reads on until there is nothing more: the size a file claims is not what a reader gets. */
function readAtMost(handle: number, report: Report): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let length = 0; length <= MOST_BYTES;) {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    const read = fs.readSync(handle, chunk);
    if (read === 0) {
      return Buffer.concat(chunks);
    }
    chunks.push(chunk.subarray(0, read));
    length += read;
  }
  const fix = report.redo ?? 'Keep only what its schema knows in it; an inventory has a few kilobytes.';
  report.add('inventory-unreadable', TOP, 'The file is bigger than 1 MiB.', fix);
  return undefined;
}

/** Why the system refused, in words. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case 'ENOENT': return 'there is none of that name';
    case 'EACCES': return 'permission denied';
    case 'EISDIR': return 'it is a folder';
    case 'ENOTDIR': return 'it is no folder';
    default: return code ?? 'unknown reason';
  }
}
