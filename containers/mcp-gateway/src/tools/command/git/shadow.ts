import { mkdir, symlink, writeFile } from 'fs/promises';
import { join } from 'path';
import { OpenedFolder, Workspace } from '../../../workspace';
import { Denial, ToolFailure } from '../../tool';
import { environmentOf } from '../environment';
import { ProcessRequest } from '../run-process';
import { gitFiles, readReferences, References } from './references';

/** The descriptor of the repository's object folder in the child. */
const OBJECTS_DESCRIPTOR = 3;

/** A bare repository of our own that reads the workspace's objects. */
export interface ShadowRepository {
  /** Everything a git process needs but its arguments. */
  readonly process: Pick<ProcessRequest, 'cwd' | 'env' | 'descriptors'>;
  /**
   * To be asked again before anything git said is passed on.
   * @throws ToolFailure when objects are read through a link
   */
  check(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Builds, in a private folder, a bare repository with the workspace's refs as data and links to its object files. Git never
 * sees the workspace's .git: no configuration, hook, attribute, alternate, remote or index of it takes part, so that
 * nothing named there can run.
 *
 * The objects are not reached by an alternates file, because git would follow the alternates the workspace names in turn,
 * to anywhere; only its packs and loose objects are linked, from a descriptor that the wall has judged. A link among them
 * would lead out just the same: there must be none before git runs, and none after it.
 */
export async function openShadow(workspace: Workspace, folder: string, signal: AbortSignal): Promise<ShadowRepository> {
  const repository = await openRepositoryFolder(workspace, '.git');
  try {
    await checkOwner(workspace, repository);
  } finally {
    await repository.close();
  }
  await refuse(workspace, '.git/objects/info/alternates', 'it borrows objects of another repository (objects/info/alternates); run git repack -a -d in it');
  await refuse(workspace, '.git/reftable', 'it keeps its refs as a reftable, which is not supported');
  await refuse(workspace, '.git/commondir', 'it is a linked worktree; only a repository of its own is read');
  const references = await readReferences(workspace, signal);
  const objects = await openRepositoryFolder(workspace, '.git/objects');
  try {
    const check = async () => refuseLinks(workspace, objects, signal);
    await check();
    const directory = join(folder, 'git');
    await writeShadow(directory, references);
    await linkObjects(join(directory, 'objects'));
    return {
      process: { cwd: directory, env: gitEnvironment(folder, directory), descriptors: [objects.fd] },
      check,
      close: async () => objects.close(),
    };
  } catch (error) {
    await objects.close();
    throw error;
  }
}

const OBJECT_FOLDER = /^(pack|[0-9a-f]{2})$/;

/** Whatever is not a plain file or folder among the objects: a link that leads anywhere, a pipe that never ends. */
async function refuseLinks(workspace: Workspace, objects: OpenedFolder, signal: AbortSignal): Promise<void> {
  const folders: string[] = [];
  for await (const { name, kind } of objects.entries(signal)) {
    if (OBJECT_FOLDER.test(name)) {
      folders.push(name);
      refuseUnless(kind === 'folder', name);
    }
  }
  refuseUnless(folders.includes('pack'), 'pack');
  for (const folder of folders) {
    const path = `.git/objects/${folder}`;
    const opened = await workspace.openFolder(path, gitFiles).catch((error: unknown) => {
      // One that is gone by now was tidied up by its owner's git.
      refuseUnless(error instanceof ToolFailure, folder);
      return undefined;
    });
    try {
      refuseUnless(opened === undefined || opened.path === path, folder);
      for await (const { name, kind } of opened?.entries(signal) ?? []) {
        refuseUnless(kind === 'file', `${folder}/${name}`);
      }
    } finally {
      await opened?.close();
    }
  }
}

function refuseUnless(holds: boolean, name: string): void {
  if (!holds) {
    throw new ToolFailure(`the repository cannot be read: .git/objects/${name} must be there and must not be a link or a device; git clone makes a repository anew`);
  }
}

async function openRepositoryFolder(workspace: Workspace, path: string): Promise<OpenedFolder> {
  const folder = await workspace.openFolder(path, gitFiles).catch((error: unknown) => {
    throw error instanceof Denial || error instanceof ToolFailure
      ? new ToolFailure(`the workspace is not the root of a git repository that can be read: ${path} must be a folder; a .git file, as in worktrees and submodules, is not followed`)
      : error;
  });
  if (folder.path !== path) {
    await folder.close();
    throw new ToolFailure(`the workspace's ${path} is a symbolic link; only a repository that lies in the workspace is read`);
  }
  return folder;
}

/**
 * A repository somebody else put into the workspace is not read. Whose workspace it is, the owner of its root says: the
 * gateway runs under a uid of its own and owns neither.
 */
async function checkOwner(workspace: Workspace, repository: OpenedFolder): Promise<void> {
  const trusted = [process.geteuid?.(), await workspace.owner()];
  if (!trusted.includes(repository.owner)) {
    throw new ToolFailure(
      `the repository belongs to uid ${repository.owner}, who owns neither the workspace nor the gateway; change the owner of .git to that of the workspace`);
  }
}

async function refuse(workspace: Workspace, path: string, reason: string): Promise<void> {
  const exists = await workspace.stat(path, gitFiles).then(() => true, (error: unknown) => error instanceof Denial);
  if (exists) {
    throw new ToolFailure(`the repository cannot be read: ${reason}`);
  }
}

async function writeShadow(directory: string, references: References): Promise<void> {
  await mkdir(join(directory, 'refs'), { recursive: true });
  await mkdir(join(directory, 'objects'), { recursive: true });
  const [sample] = [...references.ids.values(), 'id' in references.head ? references.head.id : ''];
  const format = sample.length === 64 ? '\trepositoryformatversion = 1\n[extensions]\n\tobjectformat = sha256\n' : '\trepositoryformatversion = 0\n';
  await writeFile(join(directory, 'config'), `[core]\n\tbare = true\n${format}`);
  await writeFile(join(directory, 'HEAD'), 'id' in references.head ? `${references.head.id}\n` : `ref: ${references.head.branch}\n`);
  const lines = [...references.ids].sort(([a], [b]) => (Buffer.from(a).compare(Buffer.from(b)))).map(([name, id]) => `${id} ${name}\n`);
  await writeFile(join(directory, 'packed-refs'), `# pack-refs with: sorted \n${lines.join('')}`);
  if (references.shallow.length > 0) {
    await writeFile(join(directory, 'shallow'), references.shallow.map(id => `${id}\n`).join(''));
  }
}

async function linkObjects(objects: string): Promise<void> {
  const names = ['pack', ...Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))];
  await Promise.all(names.map(async name => symlink(`/proc/self/fd/${OBJECTS_DESCRIPTOR}/${name}`, join(objects, name))));
}

function gitEnvironment(home: string, directory: string): Record<string, string> {
  return {
    ...environmentOf(home),
    GIT_DIR: directory,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_PAGER: 'cat',
  };
}
