import { Worker } from 'node:worker_threads';
import type { BlockResult } from './block';
import type { SearchReply, SearchRequest } from './worker';
import { throwIfStopped } from '../../../workspace';
import { bundled } from '../../bundled';
import { ToolFailure } from '../../tool';

/**
 * Threads over all calls. Blocks take turns on them, so that a costly search slows others down and never stops them.
 */
const MAX_THREADS = 2;

/** Memory of a thread, in MiB. An expression can make the engine take all there is. */
const MAX_HEAP_MIB = 96;

const idle: SearchThread[] = [];
const waiting: (() => void)[] = [];
let running = 0;

/**
 * Searches a block of a file in a thread. An expression cannot be interrupted, and a thread can be ended.
 *
 * @throws ToolFailure if the pattern cannot be used, or the call is over
 */
export async function searchInThread(request: SearchRequest, signal: AbortSignal): Promise<BlockResult> {
  await turn(signal);
  let thread: SearchThread | undefined;
  try {
    throwIfStopped(signal);
    thread = idle.pop() ?? new SearchThread();
    const reply = await thread.ask(request, signal);
    idle.push(thread);
    if ('problem' in reply) {
      throw new ToolFailure(reply.problem);
    }
    return reply;
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function turn(signal: AbortSignal): Promise<void> {
  if (running < MAX_THREADS) {
    running += 1;
    return;
  }
  await new Promise<void>((resolve, reject) => {
    const go = (): void => {
      running += 1;
      signal.removeEventListener('abort', stop);
      resolve();
    };
    const stop = (): void => {
      waiting.splice(waiting.indexOf(go), 1);
      reject(new ToolFailure('stopped before it was done'));
    };
    waiting.push(go);
    signal.addEventListener('abort', stop, { once: true });
  });
}

class SearchThread {
  private readonly worker = new Worker(bundled('search-worker.mjs'), {
    env: {},
    argv: [],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB },
  });
  private settle: { resolve(reply: SearchReply): void; reject(error: Error): void } | undefined;

  constructor() {
    this.worker.on('message', (reply: SearchReply) => this.settle?.resolve(reply));
    this.worker.on('error', (error: NodeJS.ErrnoException) =>
      this.settle?.reject(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? new ToolFailure('the pattern needs too much memory; use a simpler one')
          : error,
      ),
    );
  }

  /** A thread that failed is ended, and not to be used again. */
  public async ask(request: SearchRequest, signal: AbortSignal): Promise<SearchReply> {
    const stop = (): void => this.settle?.reject(new ToolFailure('stopped before it was done'));
    signal.addEventListener('abort', stop, { once: true });
    this.worker.ref();
    try {
      return await new Promise((resolve, reject) => {
        this.settle = { resolve, reject };
        this.worker.postMessage(request);
      });
    } catch (error) {
      await this.worker.terminate();
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      this.worker.unref();
    }
  }
}
