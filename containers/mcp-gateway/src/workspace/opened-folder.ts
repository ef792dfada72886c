import { isUtf8 } from 'node:buffer';
import { FileHandle, opendir } from 'node:fs/promises';
import { descriptorPath, throwIfStopped } from './handle';
import { byteEscaped } from '../tools/show';

export type EntryKind = 'file' | 'folder' | 'link' | 'other';

/** A name in a folder. A symbolic link is reported as such and not followed. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: EntryKind;
  /** False for a name that is not UTF-8. It is given with its bytes escaped, and no path can name it. */
  readonly isNameable: boolean;
}

/** A folder behind the wall; close it when done. */
export class OpenedFolder {
  /** @internal use `Workspace.openFolder` */
  constructor(
    private readonly handle: FileHandle,
    /** Where the folder really is, relative to the root; empty for the root. */
    public readonly path: string,
    /** The uid that owns it. */
    public readonly owner: number,
  ) {}

  /** For making the very folder the working directory of a child process. */
  public get fd(): number {
    return this.handle.fd;
  }

  /** Returns what is in the folder, in the order of the disk. */
  public async *entries(signal?: AbortSignal): AsyncGenerator<FolderEntry, void, undefined> {
    // Node types the names as strings whatever the encoding.
    const folder = await opendir(descriptorPath(this.handle.fd), {
      encoding: 'buffer' as BufferEncoding,
      bufferSize: 256,
    });
    for await (const entry of folder) {
      throwIfStopped(signal);
      const bytes = entry.name as unknown as Buffer;
      const isNameable = isUtf8(bytes);
      yield { name: isNameable ? bytes.toString('utf8') : escapedName(bytes), kind: kindOf(entry), isNameable };
    }
  }

  public async close(): Promise<void> {
    await this.handle.close();
  }
}

/** Shows the bytes of a name, so that no two names look alike. */
function escapedName(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[^ !#-[\]-~]/g, (byte) => byteEscaped(byte.charCodeAt(0)));
}

/** What a directory entry or a stat result is. */
export function kindOf(entry: { isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean }): EntryKind {
  if (entry.isFile()) {
    return 'file';
  }
  if (entry.isDirectory()) {
    return 'folder';
  }
  return entry.isSymbolicLink() ? 'link' : 'other';
}
