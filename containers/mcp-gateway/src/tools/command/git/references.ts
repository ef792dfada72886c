import { OpenedFile, PathPolicy, Workspace } from '../../../workspace';
import { ToolFailure } from '../../tool';

const GIT_FILES = PathPolicy.internal(['.git', '.git/**']);
const MAX_LOOSE = 20_000;
const MAX_DEPTH = 16;
const MAX_REFERENCE_BYTES = 4096;
const MAX_PACKED_BYTES = 32 * 1024 * 1024;

/** Where branches and tags point, read as data: nothing of the repository's configuration takes part. */
export interface References {
  /** Full name to object id. */
  readonly ids: ReadonlyMap<string, string>;
  /** The branch HEAD is on, or the object id of a detached HEAD. */
  readonly head: { readonly branch: string } | { readonly id: string };
  /** Commits whose parents a shallow clone does not have. */
  readonly shallow: readonly string[];
}

/** Opens what lies in the repository's folder, by the wall. */
export const gitFiles = { paths: GIT_FILES } as const;

/** @throws ToolFailure for what cannot be read as git writes it */
export async function readReferences(workspace: Workspace, signal: AbortSignal): Promise<References> {
  const found = new Map<string, string>();
  for (const line of (await readText(workspace, '.git/packed-refs', MAX_PACKED_BYTES)).split('\n')) {
    const [id, name] = line.split(' ');
    if (name !== undefined && isId(id) && isName(name)) {
      found.set(name, id);
    }
  }
  const links = new Map<string, string>();
  for await (const name of looseNames(workspace, signal)) {
    const target = (await readText(workspace, `.git/${name}`, MAX_REFERENCE_BYTES)).trim();
    if (isId(target)) {
      found.set(name, target);
    } else if (target.startsWith('ref: ') && isName(target.slice(5))) {
      links.set(name, target.slice(5));
    }
  }
  for (const [name, target] of links) {
    // One step is what git writes: refs/remotes/origin/HEAD.
    const id = found.get(target);
    if (id !== undefined) {
      found.set(name, id);
    }
  }
  const head = (await readText(workspace, '.git/HEAD', MAX_REFERENCE_BYTES)).trim();
  const branch = head.startsWith('ref: ') ? head.slice(5) : undefined;
  if (branch === undefined ? !isId(head) : !isName(branch)) {
    throw new ToolFailure('the workspace holds no git repository that can be read: HEAD is missing or broken');
  }
  const shallow = (await readText(workspace, '.git/shallow', MAX_PACKED_BYTES)).split('\n').filter(isId);
  return { ids: found, head: branch === undefined ? { id: head } : { branch }, shallow };
}

async function* looseNames(workspace: Workspace, signal: AbortSignal): AsyncGenerator<string, void, undefined> {
  const pending = ['refs'];
  let count = 0;
  for (let folderName = pending.pop(); folderName !== undefined; folderName = pending.pop()) {
    const folder = await workspace.openFolder(`.git/${folderName}`, gitFiles).catch(() => undefined);
    try {
      // Through a symbolic link there are no refs: git itself makes none.
      if (folder === undefined || folder.path !== `.git/${folderName}`) {
        continue;
      }
      for await (const entry of folder.entries(signal)) {
        const name = `${folderName}/${entry.name}`;
        count += 1;
        if (count > MAX_LOOSE) {
          throw new ToolFailure(`the repository has more than ${MAX_LOOSE} loose refs; run git pack-refs in it`);
        }
        if (entry.kind === 'folder' && name.split('/').length < MAX_DEPTH) {
          pending.push(name);
        } else if (entry.kind === 'file' && isName(name)) {
          yield name;
        }
      }
    } finally {
      await folder?.close();
    }
  }
}

/** The text of a file; empty when there is none or the wall keeps it. */
async function readText(workspace: Workspace, path: string, maxBytes: number): Promise<string> {
  let file: OpenedFile | undefined;
  try {
    file = await workspace.openFile(path, { ...gitFiles, maxBytes });
    return file.path === path ? (await file.readAll()).toString('utf8') : '';
  } catch {
    return '';
  } finally {
    await file?.close();
  }
}

/** An object id of SHA-1 or SHA-256. */
export function isId(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** A name as git allows it, below refs/. Replacements are left out: they would show other objects than were asked for. */
function isName(text: string): boolean {
  return /^refs\/[^\u0000-\u0020\u007f~^:?*[\\]+$/.test(text) && !text.startsWith('refs/replace/')
    && !/(^|\/)\.|\.\.|@\{|\/\/|\.lock(\/|$)|[./]$/.test(text);
}
