import { readFileSync, readSync } from 'node:fs';
import { extractImages, listImages } from './answer';
import { Channel } from './channel';
import { DocumentProblem } from './document';
import { openDocument } from './open-document';
import { DOCUMENT_FD } from '../bounds';
import type { DecoderRequest, OpenedMessage } from '../protocol';

/**
 * The decoder process: reads one document from a descriptor, answers one request and ends. It knows no path, no token
 * and no client; the gateway watches its time and its memory and kills it when it goes beyond them.
 */
async function answer(channel: Channel): Promise<void> {
  const request = await channel.next<DecoderRequest>();
  if (request === undefined) {
    throw new DocumentProblem('no request came');
  }
  const document = await openDocument(readDocument(request.size), {
    formats: request.formats,
    maxPdfMemory: request.limits.maxPdfMemory,
    openReference: async (reference) => {
      await channel.send({ type: 'open', reference });
      const { size } = await channel.next<OpenedMessage>() ?? {};
      return size === undefined ? undefined : channel.bytes(size);
    },
  });
  const end = await (request.operation === 'list' ? listImages : extractImages)(
    document,
    request,
    async (message, bytes) => channel.send(message, bytes),
  );
  await channel.send({ type: 'end', format: document.format, ...end, memory: peakMemory() });
}

function readDocument(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let filled = 0;
  while (filled < size) {
    const read = readSync(DOCUMENT_FD, bytes, filled, size - filled, filled);
    if (read === 0) {
      break;
    }
    filled += read;
  }
  return bytes.subarray(0, filled);
}

/**
 * Most resident memory so far, in bytes. What the system calls maxrss would count the gateway this process was forked
 * from.
 */
function peakMemory(): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? 0) * 1024;
  } catch {
    return process.memoryUsage().rss;
  }
}

async function main(): Promise<void> {
  const channel = new Channel(process.stdin, process.stdout);
  await answer(channel).catch(async (error: unknown) =>
    channel.send({
      type: 'failed',
      message:
        error instanceof DocumentProblem ? error.message : 'the document is damaged in a way its decoder cannot read',
    }),
  );
  process.exit(0);
}

await main();
