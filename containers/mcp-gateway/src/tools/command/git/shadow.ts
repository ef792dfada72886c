import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { OpenedFolder, PathPolicy, throwIfStopped, Workspace } from '../../../workspace';
import { Denial, ToolFailure } from '../../tool';
import { ProcessRequest } from '../run-process';
import { environmentOf } from '../stage';

const GIT_FILES = { paths: PathPolicy.internal(['.git', '.git/**']) };

/** Memory of the thread, without the packs that it makes. */
const READER_HEAP_MEGABYTES = 128;

/** What the thread is asked. */
export interface ReaderRequest {
  /** The descriptor of the workspace's `.git`, which the wall has judged. */
  readonly repository: number;
  /** Where the bare repository is made. */
  readonly shadow: string;
  /** Where packs of loose objects are kept between calls. */
  readonly cache: string;
}

/** What it answers. */
export type ReaderReply =
  | { /** To be handed to git, in this order. */ readonly descriptors: readonly number[] }
  | { readonly failure: string };

export interface ShadowOptions {
  readonly workspace: Workspace;
  /** The bundled thread, `git-reader.cjs`. */
  readonly reader: string;
  /** A private folder, which the caller removes. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** A bare repository of our own that reads the workspace's objects. */
export interface ShadowRepository {
  /** Everything a git process needs but its arguments. */
  readonly process: Pick<ProcessRequest, 'cwd' | 'env' | 'descriptors'>;
  /** To be called when no git process is left. */
  close(): Promise<void>;
}

/**
 * Builds, in a private folder, a bare repository from the workspace's: refs as data, packs as links to descriptors that
 * were opened and judged one by one, loose objects as copies. Git opens no name of the workspace, so that it makes no
 * difference what becomes of names while it runs. No configuration, hook, attribute, alternate, remote or index takes
 * part: nothing that they name can run or be read.
 *
 * @throws ToolFailure when there is no repository, or one that is not read
 */
export async function openShadow(options: ShadowOptions): Promise<ShadowRepository> {
  const { workspace, folder, signal } = options;
  const repository = await openRepository(workspace);
  let reader: Worker | undefined;
  try {
    await checkOwner(workspace, repository);
    await refuse(workspace, 'objects/info/alternates',
      'it borrows objects of another repository (objects/info/alternates); run git repack -a -d in it');
    await refuse(workspace, 'reftable', 'it keeps its refs as a reftable, which is not supported');
    await refuse(workspace, 'commondir', 'it is a linked worktree; only a repository of its own is read');
    throwIfStopped(signal);
    const shadow = join(folder, 'git');
    const request: ReaderRequest = { repository: repository.fd, shadow, cache: workspace.temporaryFolder() };
    const started = new Worker(options.reader, {
      workerData: request, env: {}, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: READER_HEAP_MEGABYTES },
    });
    reader = started;
    const { descriptors } = await replyOf(started, signal);
    return {
      process: { cwd: shadow, env: gitEnvironment(folder, shadow), descriptors },
      close: async () => void await started.terminate(),
    };
  } catch (error) {
    await reader?.terminate();
    throw error;
  } finally {
    await repository.close();
  }
}

async function replyOf(reader: Worker, signal: AbortSignal): Promise<{ readonly descriptors: readonly number[] }> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new ToolFailure('stopped before it was done'));
    signal.addEventListener('abort', stop, { once: true });
    reader.once('message', (reply: ReaderReply) => {
      signal.removeEventListener('abort', stop);
      if ('failure' in reply) {
        reject(new ToolFailure(reply.failure));
      } else {
        resolve(reply);
      }
    });
    reader.on('error', (error: NodeJS.ErrnoException) => {
      signal.removeEventListener('abort', stop);
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? new ToolFailure('the repository cannot be read: it needs more memory than a call may have')
        : error);
    });
  });
}

async function openRepository(workspace: Workspace): Promise<OpenedFolder> {
  const folder = await workspace.openFolder('.git', GIT_FILES).catch((error: unknown) => {
    throw error instanceof Denial || error instanceof ToolFailure
      ? new ToolFailure('the workspace is not the root of a git repository that can be read: .git must be a folder;'
        + ' a .git file, as in worktrees and submodules, is not followed')
      : error;
  });
  if (folder.path !== '.git') {
    await folder.close();
    throw new ToolFailure(
      "the workspace's .git is a symbolic link; only a repository that lies in the workspace is read");
  }
  return folder;
}

/**
 * Refuses a repository that another user put into the workspace. The workspace belongs to the owner of its root; the
 * gateway runs under a uid of its own and owns neither.
 */
async function checkOwner(workspace: Workspace, repository: OpenedFolder): Promise<void> {
  const trusted = [process.geteuid?.(), await workspace.owner()];
  if (!trusted.includes(repository.owner)) {
    throw new ToolFailure(
      `the repository belongs to uid ${repository.owner}, who owns neither the workspace nor the gateway;`
      + ' change the owner of .git to that of the workspace');
  }
}

/** Explains what would otherwise look like missing objects; nothing of it is ever handed to git. */
async function refuse(workspace: Workspace, name: string, reason: string): Promise<void> {
  const exists = await workspace.stat(`.git/${name}`, GIT_FILES)
    .then(() => true, (error: unknown) => error instanceof Denial);
  if (exists) {
    throw new ToolFailure(`the repository cannot be read: ${reason}`);
  }
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
