import { FirstNames, costOf } from './first-names';
import { FolderEntry, PathPolicy, Workspace } from '../../workspace';
import { Denial, ToolFailure } from '../tool';
import { Turns } from '../turns';

/** Deepest folder that is entered, counted from where the walk begins. */
export const MAX_DEPTH = 64;

/**
 * Memory for the names of all folders on the way: at least so much, twice the output if that is more. A folder with
 * more of them is read several times.
 */
const NAME_BYTES = 2 * 1024 * 1024;

/** The least for the names of one folder. */
const MIN_NAME_BYTES = 64 * 1024;

export interface WalkEntry extends FolderEntry {
  /** Relative to the root. */
  readonly path: string;
  /** 0 for what stands in the folder where the walk began. */
  readonly depth: number;
}

export interface WalkOptions {
  readonly workspace: Workspace;
  readonly paths: PathPolicy;
  readonly turns: Turns;
  readonly signal: AbortSignal;
  readonly maxOutputBytes: number;
  /** Folders at this depth are reported and not entered. */
  readonly maxDepth: number;
  /** The path after which the walk goes on; it need not be there any more. */
  readonly cursor?: string;
  /**
   * Entries of one folder that are kept at once: as many as the caller can use.
   * @default as many as memory allows
   */
  readonly maxKept?: number;
  /** Whether the caller wants an entry that is no folder. */
  wants?(entry: Pick<WalkEntry, 'name' | 'path'>): boolean;
  /** Called if a folder was not entered because of its depth. */
  onDeep?(): void;
}

/** A folder on the way. */
interface Level {
  readonly path: string;
  readonly depth: number;
  /** What is left of it. The next one is at the end. */
  readonly entries: FolderEntry[];
  /** The name after which the folder has more. */
  readonly more?: string;
  /** Where an earlier walk was, as segments below this folder. */
  readonly resume: readonly string[];
}

/**
 * Yields what the policy shows below a folder, folder by folder, each sorted by name. Symbolic links are reported and
 * never followed, so that the walk ends and stays below the root.
 */
export async function* walk(start: string, options: WalkOptions): AsyncGenerator<WalkEntry, void, undefined> {
  const reader = new LevelReader(options);
  const first = await reader.open(start);
  const levels: Level[] = [first];
  for (let level = levels.pop(); level !== undefined; level = levels.pop()) {
    const entry = level.entries.pop();
    if (entry === undefined) {
      if (level.more !== undefined) {
        levels.push(await reader.read(level.path, level.depth, [], level.more));
      }
      continue;
    }
    levels.push(level);
    reader.free(entry);
    const path = below(level.path, entry.name);
    const [given, ...rest] = level.resume;
    if (entry.name !== given) {
      yield { ...entry, path, depth: level.depth };
    }
    await options.turns.pass();
    if (entry.kind !== 'folder' || !entry.isNameable) {
      continue;
    }
    if (level.depth >= options.maxDepth) {
      options.onDeep?.();
    } else {
      levels.push(await reader.read(path, level.depth + 1, entry.name === given ? rest : []));
    }
  }
}

class LevelReader {
  private room: number;

  constructor(private readonly options: WalkOptions) {
    this.room = Math.max(NAME_BYTES, 2 * options.maxOutputBytes);
  }

  /** Reads the folder where the walk begins. */
  public async open(start: string): Promise<Level> {
    const { workspace, cursor } = this.options;
    const folder = await workspace.openFolder(start, this.options);
    await folder.close();
    if (cursor !== undefined && folder.path !== '' && !cursor.startsWith(`${folder.path}/`)) {
      throw new ToolFailure('the cursor is for another folder; give the path that it came with');
    }
    const resume = cursor === undefined ? [] : cursor.slice(folder.path === '' ? 0 : folder.path.length + 1).split('/');
    return this.read(folder.path, 0, resume);
  }

  /** @param after names up to this one were there already */
  public async read(path: string, depth: number, resume: readonly string[], after?: string): Promise<Level> {
    const { workspace, signal, turns, maxKept = Infinity } = this.options;
    const names = new FirstNames(Math.max(MIN_NAME_BYTES, Math.floor(this.room / 2)), maxKept);
    const isBefore = (name: string): boolean =>
      after === undefined ? resume.length > 0 && name < resume[0] : name <= after;
    const folder = await workspace.openFolder(path, this.options).catch((error: unknown) => {
      // A folder that is gone, closed or a link by now is no reason to fail the whole walk.
      if (depth === 0 || !(error instanceof Denial || error instanceof ToolFailure)) {
        throw error;
      }
      return undefined;
    });
    try {
      if (folder?.path === path) {
        for await (const entry of folder.entries(signal)) {
          await turns.pass();
          if (!isBefore(entry.name) && names.mayTake(entry.name) && this.isShown(entry, below(path, entry.name))) {
            names.add(entry);
          }
        }
      }
    } finally {
      await folder?.close();
    }
    const { entries, bytes, cut } = names.sorted();
    this.room -= bytes;
    const more = cut ? entries[entries.length - 1].name : undefined;
    return { path, depth, entries: entries.reverse(), resume, more };
  }

  /** Gives back the memory of an entry that is done with. */
  public free(entry: FolderEntry): void {
    this.room += costOf(entry);
  }

  private isShown(entry: FolderEntry, path: string): boolean {
    const { paths, wants } = this.options;
    return entry.kind === 'folder'
      ? paths.allowsFolder(path)
      : paths.allows(path) && (wants?.({ name: entry.name, path }) ?? true);
  }
}

function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
