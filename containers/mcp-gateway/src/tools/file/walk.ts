import { PathPolicy, Workspace } from '../../workspace';
import type { EntryKind } from '../../workspace';
import { Denial, ToolFailure } from '../tool';
import { Turns } from './turns';

/** Deepest folder that is entered, counted from where the walk begins. */
export const MAX_DEPTH = 64;

/** Most names one call looks at, shown or not: what a call costs has a bound even where nothing matches. */
export const MAX_SCANNED = 200_000;

export interface WalkEntry {
  readonly name: string;
  /** Relative to the root. */
  readonly path: string;
  readonly kind: EntryKind;
  /** 0 for what stands in the folder where the walk began. */
  readonly depth: number;
}

export interface WalkOptions {
  readonly workspace: Workspace;
  readonly paths: PathPolicy;
  readonly signal: AbortSignal;
  /** Folders at this depth are told and not entered. */
  readonly maxDepth: number;
  /** Told once for each reason why the walk saw less than there is. */
  onLimit(reason: string): void;
}

/**
 * What the policy shows below a folder, folder by folder, each sorted by name. Symbolic links are told and never followed,
 * so that the walk ends and stays below the root.
 */
export async function* walk(start: string, options: WalkOptions): AsyncGenerator<WalkEntry, void, undefined> {
  let scanned = 0;
  const read = async (path: string, depth: number, must: boolean): Promise<WalkEntry[]> => {
    const found: WalkEntry[] = [];
    const folder = await options.workspace.openFolder(path, options).catch((error: unknown) => {
      // A folder that is gone, closed or a link by now is no reason to fail the whole walk.
      if (must || !(error instanceof Denial || error instanceof ToolFailure)) {
        throw error;
      }
      return undefined;
    });
    try {
      if (folder === undefined || (!must && folder.path !== path)) {
        return found;
      }
      for await (const entry of folder.entries(options.signal)) {
        scanned += 1;
        if (scanned > MAX_SCANNED) {
          options.onLimit(`more than ${MAX_SCANNED} names; choose a smaller folder`);
          break;
        }
        const entryPath = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
        if (entry.kind === 'folder' ? options.paths.allowsFolder(entryPath) : options.paths.allows(entryPath)) {
          found.push({ ...entry, path: entryPath, depth });
        }
      }
    } finally {
      await folder?.close();
    }
    return found.sort((a, b) => (a.name < b.name ? 1 : -1));
  };
  // Kept in reverse, so that the next one is taken from the end.
  const pending = await read(start, 0, true);
  const turns = new Turns(options.signal);
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    yield entry;
    await turns.pass();
    if (entry.kind !== 'folder') {
      continue;
    }
    if (entry.depth >= options.maxDepth) {
      options.onLimit(`folders deeper than ${options.maxDepth + 1} are not entered`);
    } else if (scanned <= MAX_SCANNED) {
      for (const below of await read(entry.path, entry.depth + 1, false)) {
        pending.push(below);
      }
    }
  }
}
