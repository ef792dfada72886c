import { ChildProcess, spawn } from 'child_process';
import { DecoderMessage, decoderMessage, DecoderRequest, OpenedMessage } from './protocol';
import { watchMemory } from '../memory';
import { putBehindGateway } from '../priority';
import { ToolFailure } from '../tool';

export interface DecoderJob {
  /** The bundled decoder to start. */
  readonly decoder: string;
  /** The opened document. */
  readonly fd: number;
  readonly request: DecoderRequest;
  /** Resident memory, in bytes, at which the decoder is killed. */
  readonly maxMemory: number;
  /** Bytes the decoder may say in all. */
  readonly maxReplyBytes: number;
  /** Kills the decoder, whatever it is doing. */
  readonly signal: AbortSignal;
  /** The bytes of a file the document names; undefined when it may not be had. */
  readonly openReference: (reference: string) => Promise<Buffer | undefined>;
}

export type DecoderAnswer = Extract<DecoderMessage, { readonly type: 'listed' | 'extracted' }>;

/**
 * Reads one document in a process of its own: with an empty environment, so no token is within reach; killed at its limits,
 * whatever it is stuck in; and gone afterwards, with all it may have been talked into. A thread would share the gateway's
 * memory with decoders of hostile bytes, and cannot be stopped inside native code.
 *
 * @throws ToolFailure with a message for the client
 */
export async function runDecoder(job: DecoderJob): Promise<DecoderAnswer> {
  try {
    job.signal.throwIfAborted();
    return await new Promise<DecoderAnswer>((resolve, reject) => new Decoder(job, resolve, reject));
  } catch (error) {
    if (job.signal.aborted) {
      throw new ToolFailure(isTimeout(job.signal.reason) ? 'the document took too long to read and was given up' : 'stopped before it was done');
    }
    throw error;
  }
}

class Decoder {
  private readonly child: ChildProcess;
  private readonly endWatch: () => void;
  private readonly abort: () => void;
  private pending: Buffer[] = [];
  private said = 0;
  private ended = false;

  public constructor(
    private readonly job: DecoderJob,
    private readonly resolve: (answer: DecoderAnswer) => void,
    private readonly reject: (reason: unknown) => void,
  ) {
    const heapMegabytes = Math.ceil(job.maxMemory / 1024 / 1024);
    this.abort = () => this.end(() => reject(job.signal.reason));
    this.child = spawn(process.execPath, [`--max-old-space-size=${heapMegabytes}`, '--disallow-code-generation-from-strings', job.decoder], {
      stdio: ['pipe', 'pipe', 'ignore', job.fd],
      // fewer arenas: what was freed goes back, and resident memory means what it says
      env: { MALLOC_ARENA_MAX: '2' },
      cwd: '/',
    });
    putBehindGateway(this.child.pid);
    this.endWatch = watchMemory(this.child.pid, 'VmRSS', job.maxMemory, () => this.fail('the document needs more memory to read than it may have'));
    job.signal.addEventListener('abort', this.abort, { once: true });
    this.child.on('error', () => this.fail('the decoder could not be started; try again'));
    this.child.on('close', () => this.fail('the document is damaged in a way that stopped its decoder'));
    // a decoder that is gone does not read any more; its end is told by `close`
    this.child.stdin?.on('error', () => undefined);
    this.child.stdout?.on('data', (chunk: Buffer) => this.hear(chunk));
    this.tell(job.request);
  }

  private tell(message: DecoderRequest | OpenedMessage): void {
    this.child.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  private hear(chunk: Buffer): void {
    this.said += chunk.length;
    if (this.said > this.job.maxReplyBytes) {
      this.fail('the answer is larger than this tool may give');
      return;
    }
    let rest = chunk;
    for (let end = rest.indexOf('\n'); end >= 0 && !this.ended; end = rest.indexOf('\n')) {
      const line = Buffer.concat([...this.pending, rest.subarray(0, end)]).toString('utf8');
      this.pending = [];
      rest = rest.subarray(end + 1);
      this.understand(line);
    }
    this.pending.push(rest);
  }

  private understand(line: string): void {
    const message = parsed(line);
    switch (message?.type) {
      case undefined: this.fail('the decoder gave an answer that makes no sense; the document may be hostile'); break;
      case 'failed': this.fail(message.message); break;
      case 'open': void this.open(message.reference); break;
      case 'listed':
      case 'extracted': this.end(() => this.resolve(message)); break;
    }
  }

  private async open(reference: string): Promise<void> {
    // whatever the reason, the document learns only that the file is not available
    const data = await this.job.openReference(reference).catch(() => undefined);
    if (!this.ended) {
      this.tell({ type: 'opened', ...(data !== undefined ? { data: data.toString('base64') } : {}) });
    }
  }

  private fail(message: string): void {
    this.end(() => this.reject(new ToolFailure(message)));
  }

  private end(settle: () => void): void {
    if (this.ended) {
      return;
    }
    this.ended = true;
    this.pending = [];
    this.endWatch();
    this.job.signal.removeEventListener('abort', this.abort);
    this.child.kill('SIGKILL');
    settle();
  }
}

function parsed(line: string): DecoderMessage | undefined {
  try {
    return decoderMessage.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError';
}
