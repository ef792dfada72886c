import { parentPort, workerData } from 'node:worker_threads';
import { copyObjects } from './objects';
import { ObjectFormat } from './pack';
import { copyReferences } from './references';
import { ShadowFolder } from './shadow-folder';
import { errorCode, failureOf } from '../../../../workspace/errors';
import { NotPlain, SyncFolder } from '../../../../workspace/sync-folder';
import { lowerPriority, THIS_THREAD } from '../../../priority';
import { ToolFailure } from '../../../tool';
import type { ReaderReply, ReaderRequest } from '../shadow';

/**
 * The thread that reads a repository for one call. It may block, and it can be ended at any time: its end closes the
 * descriptors that it opened.
 */
function read({ repository, shadow: folder, cache }: ReaderRequest): number[] {
  const shadow = new ShadowFolder(folder);
  const git = new SyncFolder(repository, '.git');
  const sample = copyReferences(git, shadow);
  const objects = git.openFolder('objects');
  if (objects === undefined) {
    throw new ToolFailure('the workspace holds no git repository that can be read: .git/objects is missing');
  }
  const format: ObjectFormat = sample?.length === 64 ? 'sha256' : 'sha1';
  const version = format === 'sha256'
    ? ['repositoryformatversion = 1', '[extensions]', 'objectformat = sha256']
    : ['repositoryformatversion = 0'];
  shadow.write('config', ['[core]', 'bare = true', ...version, ''].join('\n'));
  copyObjects(objects, shadow, format, cache);
  return shadow.descriptors;
}

function failureOfReading(error: unknown): ToolFailure {
  if (error instanceof NotPlain) {
    return new ToolFailure(
      `the repository cannot be read: ${error.message}; git clone --no-hardlinks makes a copy that can be read`);
  }
  if (error instanceof ToolFailure) {
    return error;
  }
  const reason = errorCode(error) === 'ENOSPC' ? 'the temporary folder is full; try again' : failureOf(error).message;
  return new ToolFailure(`the repository cannot be read: ${reason}`);
}

lowerPriority(THIS_THREAD);
let reply: ReaderReply;
try {
  reply = { descriptors: read(workerData as ReaderRequest) };
} catch (error) {
  reply = { failure: failureOfReading(error).message };
}
// The thread stays, and with it the descriptors, until it is ended.
parentPort?.on('message', () => undefined);
parentPort?.postMessage(reply);
