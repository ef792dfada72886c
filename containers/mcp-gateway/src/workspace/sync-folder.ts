import { BigIntStats, closeSync, constants, fstatSync, opendirSync, openSync, readSync, Stats } from 'node:fs';
import { errorCode, failureOf } from './errors';
import { descriptorPath, O_PATH } from './handle';
import { EntryKind, kindOf } from './opened-folder';
import { ToolFailure } from '../tools/tool';

/** The name is that of a link, a device, a pipe, or a file with other names too. */
export class NotPlain extends ToolFailure {}

/**
 * A folder behind the wall, for a thread that may block: a small file costs a few system calls and no turn of the event
 * loop.
 *
 * It begins with a descriptor that the wall has judged. Everything below is opened by one name at a time, from the
 * descriptor of its folder, and links are never followed: exchanging names does not lead outside. Names are Latin-1
 * texts, so that each byte of a name is one character and any name can be opened.
 */
export class SyncFolder {
  constructor(
    public readonly fd: number,
    /** For messages, relative to the root. */
    public readonly path: string,
  ) {}

  /** What is in the folder, in the order of the disk. */
  public* entries(): Generator<{ readonly name: string; readonly kind: EntryKind }, void, undefined> {
    // Node types the names as strings whatever the encoding.
    const folder = opendirSync(descriptorPath(this.fd), { encoding: 'buffer' as BufferEncoding, bufferSize: 256 });
    try {
      for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
        yield { name: (entry.name as unknown as Buffer).toString('latin1'), kind: kindOf(entry) };
      }
    } finally {
      folder.closeSync();
    }
  }

  /**
   * Opens a folder in this one; the caller closes it.
   * @returns undefined when there is none by that name
   * @throws NotPlain when it is not a folder
   * @throws ToolFailure when it cannot be read
   */
  public openFolder(name: string): SyncFolder | undefined {
    return this.judge(name, (handle, stats, path) => {
      if (!stats.isDirectory()) {
        throw new NotPlain(`${path} ${stats.isSymbolicLink() ? 'is a symbolic link' : 'is not a folder'}`);
      }
      return new SyncFolder(openSync(descriptorPath(handle), constants.O_RDONLY + constants.O_DIRECTORY), path);
    });
  }

  /**
   * Opens a regular file with one hard link in this folder; the caller closes it.
   * @returns undefined when there is none by that name
   * @throws NotPlain when it is something else
   * @throws ToolFailure when it cannot be read
   */
  public openFile(name: string): SyncFile | undefined {
    return this.judge(name, (handle, stats, path) => {
      if (!stats.isFile()) {
        throw new NotPlain(`${path} ${stats.isSymbolicLink() ? 'is a symbolic link' : 'is not a file'}`);
      }
      if (stats.nlink > 1) {
        throw new NotPlain(`${path} has more than one hard link`);
      }
      if (stats.nlink === 0) {
        return undefined;
      }
      const fd = openSync(descriptorPath(handle), constants.O_RDONLY + constants.O_NONBLOCK + constants.O_NOCTTY);
      return new SyncFile(fd, path, stats.size);
    });
  }

  /** Its identity, and the times of its last change: every name that is added or removed changes them. */
  public stats(): BigIntStats {
    return fstatSync(this.fd, { bigint: true });
  }

  public close(): void {
    closeSync(this.fd);
  }

  /** Judges a handle that opens neither devices nor pipes, before the object itself is opened from it. */
  private judge<T>(name: string, then: (handle: number, stats: Stats, path: string) => T | undefined): T | undefined {
    if (name === '' || name === '.' || name === '..' || name.includes('/')) {
      throw new Error('a name in a folder is expected');
    }
    const path = `${this.path}/${Buffer.from(name, 'latin1').toString('utf8')}`;
    let handle: number | undefined;
    try {
      handle = openSync(Buffer.from(`${descriptorPath(this.fd)}/${name}`, 'latin1'), O_PATH + constants.O_NOFOLLOW);
      return then(handle, fstatSync(handle), path);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') {
        return undefined;
      }
      throw error instanceof ToolFailure ? error : new ToolFailure(`${path}: ${failureOf(error).message}`);
    } finally {
      if (handle !== undefined) {
        closeSync(handle);
      }
    }
  }
}

/** A file that `SyncFolder` has judged and opened. */
export class SyncFile {
  constructor(
    public readonly fd: number,
    /** For messages, relative to the root. */
    public readonly path: string,
    /** Bytes when it was opened. */
    public readonly size: number,
  ) {}

  /** Fills the buffer from `position` on. @returns the bytes read; fewer at the end of the file */
  public read(buffer: Uint8Array, position = 0): number {
    let filled = 0;
    while (filled < buffer.length) {
      const count = readSync(this.fd, buffer, filled, buffer.length - filled, position + filled);
      if (count === 0) {
        break;
      }
      filled += count;
    }
    return filled;
  }

  public close(): void {
    closeSync(this.fd);
  }
}
