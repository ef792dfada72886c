import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { OpenedFile } from '../../workspace';
import { ToolFailure } from '../tool';

/** The first descriptor a child gets beyond its standard ones. */
const FIRST_DESCRIPTOR = 3;

/** The target of a link to the nth descriptor handed to a child. */
export function descriptorLink(index: number): string {
  return `/proc/self/fd/${FIRST_DESCRIPTOR + index}`;
}

/**
 * A private folder a command runs in. It holds the files of the call under their own names, each a link to the
 * descriptor that the wall has judged: the program opens that very file, whatever happens in the workspace meanwhile,
 * and sees nothing else of it.
 */
export class Stage {
  public static async create(): Promise<Stage> {
    return new Stage(await mkdtemp(join(tmpdir(), 'mcp-gateway-')));
  }

  private readonly files: OpenedFile[] = [];

  private constructor(public readonly folder: string) {}

  /** Descriptors for the child, in the order their links count them. */
  public get descriptors(): readonly number[] {
    return this.files.map((file) => file.fd);
  }

  /** Where the program runs. */
  public async workingDirectory(relative: string): Promise<string> {
    const path = join(this.folder, 'workspace', relative);
    await mkdir(path, { recursive: true });
    return path;
  }

  /**
   * Takes over an opened file and gives the name the program knows it by.
   * @param from the working directory, relative to the root
   */
  public async add(file: OpenedFile, from: string): Promise<string> {
    const known = this.files.some((other) => other.path === file.path);
    this.files.push(file);
    if (!known) {
      const path = join(this.folder, 'workspace', file.path);
      await link(descriptorLink(this.files.length - 1), path);
    }
    const name = posix.relative(from, file.path);
    // A lone dash is standard input to many programs.
    return name.startsWith('-') ? `./${name}` : name;
  }

  public async close(): Promise<void> {
    for (const file of this.files.splice(0)) {
      await file.close();
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function link(target: string, path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await symlink(target, path);
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'ENAMETOOLONG'
      ? new ToolFailure('the path is too long for a program; use a file tool')
      : error;
  }
}

/**
 * Returns the whole environment of a command: nothing of the gateway's own, which may hold secrets. Files that the
 * command stores go with its folder.
 */
export function environmentOf(home: string): Record<string, string> {
  return { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC', HOME: home, TMPDIR: home };
}
