import { ChildProcess, spawn } from 'node:child_process';
import { MessageReader, TooLong } from './message-reader';
import { DecoderAnswer, DecoderMessage, decoderMessage, DecoderRequest, OpenedMessage } from './protocol';
import { watchMemory } from '../memory';
import { putBehindGateway } from '../priority';
import { ToolFailure } from '../tool';
import { Turns } from '../turns';

/** A file that a document names, opened. */
export interface Reference {
  readonly size: number;
  chunks(position: number, signal: AbortSignal): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

export interface DecoderJob {
  /** The bundled decoder to start. */
  readonly decoder: string;
  /** The opened document. */
  readonly fd: number;
  readonly request: DecoderRequest;
  /** Resident memory, in bytes, at which the decoder is killed. */
  readonly maxMemory: number;
  /** Bytes that the decoder may send in all. */
  readonly maxReplyBytes: number;
  /** Kills the decoder, whatever it is doing. */
  readonly signal: AbortSignal;
  /** Opens a file the document names; undefined when it may not be had. */
  readonly openReference: (reference: string) => Promise<Reference | undefined>;
}

/** Messages about images in one answer: twice the most that it holds. */
const MAX_IMAGES = 2000;

/**
 * Reads one document in a process of its own: with an empty environment, so no token is within reach; killed at its
 * limits, whatever it is stuck in; and gone afterwards, with all it may have been talked into. A thread would share the
 * gateway's memory with decoders of hostile bytes, and cannot be stopped inside native code.
 *
 * @throws ToolFailure with a message for the client
 */
export async function runDecoder(job: DecoderJob): Promise<DecoderAnswer> {
  let decoder: Decoder | undefined;
  try {
    job.signal.throwIfAborted();
    decoder = new Decoder(job);
    return await decoder.answer();
  } catch (error) {
    if (job.signal.aborted) {
      throw new ToolFailure(
        isTimeout(job.signal.reason)
          ? 'the document took too long to read and was given up'
          : 'stopped before it was done',
      );
    }
    throw error instanceof TooLong ? new ToolFailure('the answer is larger than this tool may give') : error;
  } finally {
    await decoder?.end();
  }
}

class Decoder {
  private readonly child: ChildProcess;
  private readonly messages: MessageReader;
  private readonly turns: Turns;
  private readonly gone: Promise<unknown>;
  private readonly killed: Promise<never>;
  private readonly endWatch: () => void;
  private readonly stop: () => void;
  private readonly kill: (reason: ToolFailure) => void;

  constructor(private readonly job: DecoderJob) {
    const heapMegabytes = Math.ceil(job.maxMemory / 1024 / 1024);
    this.child = spawn(
      process.execPath,
      [`--max-old-space-size=${heapMegabytes}`, '--disallow-code-generation-from-strings', job.decoder],
      {
        stdio: ['pipe', 'pipe', 'ignore', job.fd],
        // fewer arenas: what was freed goes back, and resident memory is meaningful
        env: { MALLOC_ARENA_MAX: '2' },
        cwd: '/',
      },
    );
    putBehindGateway(this.child.pid);
    this.turns = new Turns(job.signal);
    this.messages = new MessageReader(this.child.stdout!, job.maxReplyBytes);
    // one that is gone does not read any more
    this.child.stdin?.on('error', () => undefined);
    this.gone = new Promise((resolve) => this.child.once('exit', resolve).once('error', resolve));
    let kill: typeof this.kill | undefined;
    this.killed = new Promise((_, reject) => {
      kill = reject;
    });
    this.kill = kill!;
    this.killed.catch(() => undefined);
    this.child.once('error', () => this.kill(new ToolFailure('the decoder could not be started; try again')));
    this.stop = () => this.kill(new ToolFailure('stopped before it was done'));
    job.signal.addEventListener('abort', this.stop);
    this.endWatch = watchMemory(this.child.pid, 'VmRSS', job.maxMemory, () =>
      this.kill(new ToolFailure('the document needs more memory to read than it may have')),
    );
  }

  public async answer(): Promise<DecoderAnswer> {
    const answer = this.listen();
    answer.catch(() => undefined);
    return Promise.race([answer, this.killed]);
  }

  /** Returns once the process is gone. */
  public async end(): Promise<void> {
    this.endWatch();
    this.job.signal.removeEventListener('abort', this.stop);
    this.child.kill('SIGKILL');
    this.child.stdout?.destroy();
    this.child.stdin?.destroy();
    await this.gone;
  }

  private async listen(): Promise<DecoderAnswer> {
    const listed: DecoderAnswer['listed'][number][] = [];
    const extracted: DecoderAnswer['extracted'][number][] = [];
    const left: DecoderAnswer['left'][number][] = [];
    await this.send(this.job.request);
    for (let images = 0; images <= MAX_IMAGES; images = listed.length + extracted.length + left.length) {
      const message = await this.next();
      switch (message.type) {
        case 'failed': throw new ToolFailure(message.message);
        case 'open': await this.open(message.reference); break;
        case 'listed': listed.push(withoutType(message)); break;
        case 'left': left.push(withoutType(message)); break;
        case 'extracted': {
          const { size, ...image } = withoutType(message);
          const data = await this.messages.bytes(size) ?? this.stopped();
          extracted.push({ ...image, data: data.toString('base64') });
          break;
        }
        case 'end': return { ...withoutType(message), listed, extracted, left };
      }
    }
    throw nonsense();
  }

  private async next(): Promise<DecoderMessage> {
    const line = await this.messages.line() ?? this.stopped();
    await this.turns.pass();
    try {
      return decoderMessage.parse(JSON.parse(line));
    } catch {
      throw nonsense();
    }
  }

  private async open(reference: string): Promise<void> {
    // whatever the reason, the document learns only that the file is not available
    const file = await this.job.openReference(reference).catch(() => undefined);
    try {
      await this.send({ type: 'opened', size: file?.size });
      let missing = file?.size ?? 0;
      for await (const chunk of file?.chunks(0, this.job.signal) ?? []) {
        missing -= chunk.length;
        await this.write(chunk);
      }
      if (missing !== 0) {
        throw new ToolFailure('a file that the document names changed while it was read; try again');
      }
    } finally {
      await file?.close();
    }
  }

  private async send(message: DecoderRequest | OpenedMessage): Promise<void> {
    await this.write(`${JSON.stringify(message)}\n`);
  }

  /** Waits until the process takes more: a file is not read faster than the process takes it. */
  private async write(data: Buffer | string): Promise<void> {
    await new Promise<void>((resolve) => {
      this.child.stdin!.write(data, () => resolve());
    });
  }

  private stopped(): never {
    throw new ToolFailure('the document is damaged in a way that stopped its decoder');
  }
}

function nonsense(): ToolFailure {
  return new ToolFailure('the decoder gave an answer that makes no sense; the document may be hostile');
}

function withoutType<Message extends { readonly type: string }>({ type: _, ...rest }: Message): Omit<Message, 'type'> {
  return rest;
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError';
}
