import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { Block, BlockResult, searchBlock } from './block';
import { Matcher, matcherOf, PatternProblem, SearchPattern } from './matcher';

/** What the thread is asked: a pattern and a block, whose bytes arrive as a plain array. */
export interface SearchRequest extends SearchPattern, Omit<Block, 'bytes'> {
  readonly bytes: Uint8Array;
}

export type SearchReply = BlockResult | { readonly problem: string };

/** Compiled patterns that are kept, since searches take turns. Each may hold some MiB. */
const MAX_KEPT = 4;

const kept = new Map<string, Matcher>();

function matcherFor({ pattern, regex, ignoreCase }: SearchPattern): Matcher {
  const key = JSON.stringify([pattern, regex, ignoreCase]);
  const matcher = kept.get(key) ?? matcherOf({ pattern, regex, ignoreCase });
  kept.delete(key);
  kept.set(key, matcher);
  const [oldest] = kept.keys();
  if (kept.size > MAX_KEPT && oldest !== undefined) {
    kept.delete(oldest);
  }
  return matcher;
}

function answer(request: SearchRequest): SearchReply {
  try {
    const { buffer, byteOffset, length } = request.bytes;
    return searchBlock(matcherFor(request), { ...request, bytes: Buffer.from(buffer, byteOffset, length) });
  } catch (error) {
    if (error instanceof PatternProblem) {
      return { problem: error.message };
    }
    throw error;
  }
}

try {
  // of this thread alone: the gateway gets the processor first
  setPriority(10);
} catch {
  // the gateway itself runs with less
}
parentPort?.on('message', (request: SearchRequest) => parentPort?.postMessage(answer(request)));
