import * as fs from 'fs';
import { Report } from './report';

/** One mebibyte: a thousand times what an inventory needs. */
const MOST_BYTES = 1024 * 1024;

const TOP = { line: 1, column: 1 };

export interface ReadOptions {
  /**
   * A file that is not there is no mistake.
   *
   * @default false
   */
  readonly mayMiss?: boolean;
}

/** The text of an inventory file; undefined, and told, when it cannot be had. */
export function readText(file: string, report: Report, options: ReadOptions = {}): string | undefined {
  const bytes = readBytes(file, report, options);
  if (bytes === undefined) {
    return undefined;
  }
  try {
    // Windows editors begin a file with a byte order mark, and it means nothing
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    report.add('inventory-unreadable', TOP, 'The file is not UTF-8 text.', 'Save it as UTF-8.');
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
    report.add('inventory-unreadable', TOP, `The file cannot be read: ${reasonOf(error)}.`, 'Create it, or mend the path or its permissions.');
    return undefined;
  } finally {
    if (handle !== undefined) {
      fs.closeSync(handle);
    }
  }
}

/** Asks for one byte more than is allowed: the size a file claims is not what a reader gets. */
function readAtMost(handle: number, report: Report): Buffer | undefined {
  const buffer = Buffer.alloc(MOST_BYTES + 1);
  let length = 0;
  for (;;) {
    const read = fs.readSync(handle, buffer, length, buffer.length - length, null);
    length += read;
    if (read === 0 || length === buffer.length) {
      break;
    }
  }
  if (length > MOST_BYTES) {
    report.add('inventory-unreadable', TOP, 'The file is bigger than 1 MiB.', 'Keep only what its schema knows in it; an inventory has a few kilobytes.');
    return undefined;
  }
  return buffer.subarray(0, length);
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
