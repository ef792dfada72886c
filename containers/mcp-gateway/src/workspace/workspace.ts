import { constants, mkdtempSync, Stats } from 'node:fs';
import { FileHandle, open, readFile, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failureOf } from './errors';
import { descriptorPath, O_PATH, pathBelow, reopen } from './handle';
import { writableMounts } from './mounts';
import { OpenedFile } from './opened-file';
import { OpenedFiles } from './opened-files';
import { OpenedFolder } from './opened-folder';
import { PathPolicy } from './path-policy';
import { parsePath, PathText } from './path-text';
import { walkBelow } from './walk';
import { Denial, ToolFailure } from '../tools/tool';

/** Default size limit of a file that a call opens: 64 MiB. */
export const DEFAULT_MAX_INPUT_BYTES = 64 * 1024 * 1024;

export interface OpenFileOptions {
  readonly paths: PathPolicy;
  /**
   * A larger file is refused.
   * @default DEFAULT_MAX_INPUT_BYTES
   */
  readonly maxBytes?: number;
}

export interface OpenFolderOptions {
  readonly paths: PathPolicy;
}

/** What stands at a path, for `Workspace.stat`. */
export interface Facts {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly size: number;
  readonly modified: Date;
  readonly created: Date;
  readonly mode: number;
}

/**
 * The wall around the workspace. A path is opened first, as a handle that touches neither devices nor pipes; then the
 * handle is judged: its path according to the kernel, its kind, its size; then that very object is read. A name that
 * is swapped for a symbolic link in between changes nothing.
 *
 * Symbolic links are followed as long as they stay below the root and the policy allows where they lead. A file with
 * more than one hard link is refused: its other names, which may lie outside the root or be denied, cannot be known.
 */
export class Workspace {
  /**
   * @param root folder, or a symbolic link to one
   * @throws Error when the wall cannot be kept there
   */
  public static async open(root: string): Promise<Workspace> {
    let handle: FileHandle;
    try {
      handle = await open(root, O_PATH + constants.O_DIRECTORY);
    } catch (error) {
      throw new Error(
        `the workspace root ${root} is not a folder that can be opened: ` +
        `${error instanceof Error ? error.message : String(error)}`,
      );
    }
    try {
      const real = await readlink(descriptorPath(handle.fd)).catch(() => {
        throw new Error(
          '/proc is not mounted: the gateway cannot see where an opened file stands, and opens none; mount /proc',
        );
      });
      if (real === '/') {
        throw new Error('the workspace root is the root of the file system; choose a folder of its own');
      }
      const { dev, ino } = await handle.stat();
      return new Workspace(handle, real, [...new Set([root.replace(/\/+$/, ''), real])], { dev, ino });
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  private temporary: string | undefined;

  private constructor(
    private readonly handle: FileHandle,
    /** The root as the kernel names it. */
    public readonly root: string,
    private readonly rootNames: readonly string[],
    private readonly identity: { readonly dev: number; readonly ino: number },
  ) {}

  /**
   * Judges the text of a path without touching the disk.
   * @throws Denial
   */
  public parse(text: string): PathText {
    return parsePath(text, this.rootNames);
  }

  /** The uid that owns the root. */
  public async owner(): Promise<number> {
    return (await this.handle.stat()).uid;
  }

  /**
   * Opens a regular file for reading; the caller closes it.
   * @throws Denial when the text, the real path or the kind of file is not allowed
   * @throws ToolFailure when it is allowed and cannot be read
   */
  public async openFile(text: string, options: OpenFileOptions): Promise<OpenedFile> {
    const path = this.parse(text);
    if (path.relative !== '' && !options.paths.allows(path.relative)) {
      throw new Denial('path.policy');
    }
    return this.use(
      path,
      options.paths,
      (name) => options.paths.allows(name),
      async (handle, real, stats) => {
        if (stats.isDirectory()) {
          throw options.paths.allowsFolder(real) ? new ToolFailure('it is a folder') : new Denial('path.policy');
        }
        this.judgeFile(real, stats, options.paths);
        if (path.folderOnly) {
          throw new ToolFailure('a part of the path is not a folder');
        }
        const maxBytes = options.maxBytes ?? DEFAULT_MAX_INPUT_BYTES;
        if (stats.size > maxBytes) {
          throw new ToolFailure(`the file has ${stats.size} bytes; this tool opens at most ${maxBytes}`);
        }
        if (!options.paths.isInternal) {
          OpenedFiles.note(real);
        }
        return new OpenedFile(await reopen(handle), real, stats.size, stats.mtime, maxBytes);
      },
    );
  }

  /**
   * Opens a folder for listing; the caller closes it.
   * @throws Denial when the policy allows nothing there
   */
  public async openFolder(text: string, options: OpenFolderOptions): Promise<OpenedFolder> {
    const path = this.parse(text);
    const mayName = (name: string) => options.paths.allows(name) || options.paths.allowsFolder(name);
    if (!mayName(path.relative)) {
      throw new Denial('path.policy');
    }
    return this.use(path, options.paths, mayName, async (handle, real, stats) => {
      if (!stats.isDirectory()) {
        this.judgeFile(real, stats, options.paths);
        throw new ToolFailure('it is a file, not a folder');
      }
      if (!options.paths.allowsFolder(real)) {
        throw new Denial('path.policy');
      }
      return new OpenedFolder(await reopen(handle), real, stats.uid);
    });
  }

  /** What stands at a path, without opening it for reading. */
  public async stat(text: string, options: OpenFolderOptions): Promise<Facts> {
    const path = this.parse(text);
    const mayName = (name: string) => options.paths.allows(name) || options.paths.allowsFolder(name);
    if (!mayName(path.relative)) {
      throw new Denial('path.policy');
    }
    return this.use(path, options.paths, mayName, async (_, real, stats) => {
      if (!stats.isDirectory()) {
        this.judgeFile(real, stats, options.paths);
      } else if (!options.paths.allowsFolder(real)) {
        throw new Denial('path.policy');
      }
      if (path.folderOnly && !stats.isDirectory()) {
        throw new ToolFailure('a part of the path is not a folder');
      }
      return {
        path: real,
        kind: stats.isDirectory() ? 'folder' : 'file',
        size: stats.size,
        modified: stats.mtime,
        created: stats.birthtime,
        mode: stats.mode % 0o10000,
      };
    });
  }

  /** @throws Error with the reason why the wall can no longer be kept */
  public async check(): Promise<void> {
    const real = await readlink(descriptorPath(this.handle.fd)).catch(() => {
      throw new Error('/proc is not mounted any more');
    });
    const now = await stat(this.root).catch(() => undefined);
    if (real !== this.root || now?.dev !== this.identity.dev || now.ino !== this.identity.ino) {
      throw new Error(`the workspace root ${this.root} was moved, replaced or unmounted`);
    }
  }

  /**
   * A private folder, outside the workspace, for what is worth keeping between calls. It goes when the workspace is
   * closed.
   */
  public temporaryFolder(): string {
    this.temporary ??= mkdtempSync(join(tmpdir(), 'mcp-gateway-'));
    return this.temporary;
  }

  /**
   * Returns the mounts through which the workspace could be written: relative to the root, empty for the root itself.
   */
  public async writableMounts(): Promise<string[]> {
    return writableMounts(await readFile('/proc/self/mountinfo', 'utf8'), this.root);
  }

  public async close(): Promise<void> {
    await this.handle.close();
    if (this.temporary !== undefined) {
      await rm(this.temporary, { recursive: true, force: true });
    }
  }

  private judgeFile(real: string, stats: Stats, paths: PathPolicy): void {
    if (!paths.allows(real)) {
      throw new Denial('path.policy');
    }
    if (!stats.isFile()) {
      throw new Denial('file.kind');
    }
    if (stats.nlink > 1) {
      throw new Denial('file.hard-link');
    }
    if (stats.nlink === 0) {
      throw new ToolFailure('no such file or folder');
    }
  }

  private async use<T>(
    path: PathText,
    paths: PathPolicy,
    mayName: (name: string) => boolean,
    then: (handle: FileHandle, real: string, stats: Stats) => Promise<T>,
  ): Promise<T> {
    let handle: FileHandle | undefined;
    try {
      // A name that policy closes looks alike whether it exists or not: only what is allowed may be missed.
      handle =
        (await this.openDirectly(path)) ??
        (await walkBelow({ fd: this.handle.fd, names: this.rootNames }, path.segments, {
          mayName,
          mayMiss: (name) => paths.allows(name),
        }));
      return await then(handle, await pathBelow(this.root, handle), await handle.stat());
    } catch (error) {
      throw failureOf(error);
    } finally {
      await handle?.close();
    }
  }

  /** The common case in one step: no symbolic link on the way. Anything else is left to the careful walk. */
  private async openDirectly(path: PathText): Promise<FileHandle | undefined> {
    let handle: FileHandle | undefined;
    try {
      handle = await open(`${descriptorPath(this.handle.fd)}/${path.relative}`, O_PATH + constants.O_NOFOLLOW);
      if ((await pathBelow(this.root, handle)) === path.relative && !(await handle.stat()).isSymbolicLink()) {
        const found = handle;
        handle = undefined;
        return found;
      }
    } catch {
      // The walk finds out why, without asking about anything outside the root.
    } finally {
      await handle?.close();
    }
    return undefined;
  }
}
