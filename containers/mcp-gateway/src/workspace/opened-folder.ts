import { FileHandle, opendir } from 'fs/promises';
import { descriptorPath, throwIfStopped } from './handle';

export type EntryKind = 'file' | 'folder' | 'link' | 'other';

/** A name in a folder. A symbolic link is told as such and not followed. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: EntryKind;
}

/** A folder behind the wall; close it when done. */
export class OpenedFolder {
  /** @internal use `Workspace.openFolder` */
  public constructor(
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

  /** What is in the folder, in the order of the disk. A name that is not UTF-8 cannot be asked for and is left out. */
  public async *entries(signal?: AbortSignal): AsyncGenerator<FolderEntry, void, undefined> {
    // Node types the names as strings whatever the encoding.
    const folder = await opendir(descriptorPath(this.handle.fd), { encoding: 'buffer' as BufferEncoding, bufferSize: 256 });
    for await (const entry of folder) {
      throwIfStopped(signal);
      const bytes = entry.name as unknown as Buffer;
      const name = bytes.toString('utf8');
      if (Buffer.from(name, 'utf8').equals(bytes)) {
        yield { name, kind: kindOf(entry) };
      }
    }
  }

  public async close(): Promise<void> {
    await this.handle.close();
  }
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
