import { Channel, openChannel } from './http';
import {
  BRIDGE_ERROR,
  errorAnswer,
  INVALID_REQUEST,
  isRequest,
  Message,
  ownRevision,
  PARSE_ERROR,
  parseMessage,
  Request,
} from './json-rpc';
import { Session } from './session';
import { TokenFile } from './token-file';
import { LINE_TOO_LONG, LineSplitter } from '../line-splitter';

export interface BridgeOptions {
  readonly url: URL;
  readonly token: TokenFile | undefined;
  /** How long the gateway may send nothing while a request runs. @default 11 minutes, longer than any tool may take */
  readonly idleTimeoutMs?: number;
  /**
   * How long to retry while there is no connection. @default 8 seconds, less than clients wait for a server to start
   */
  readonly retryMs?: number;
  /** Longest line taken from the client, in bytes. @default 4 MiB */
  readonly maxLineBytes?: number;
  /** Longest answer taken from the gateway. @default 64 MiB */
  readonly maxAnswerBytes?: number;
  /** Most that the requests without an answer may hold together. @default 64 MiB */
  readonly maxPendingBytes?: number;
  /** How long answers may take once the client has closed its end, and a cancelled request to end. @default 1 second */
  readonly graceMs?: number;
}

/** The client's end. */
export interface BridgeStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: { write(text: string): unknown };
  readonly log: (text: string) => void;
}

interface Pending {
  readonly abort: AbortController;
  readonly request: Request;
  cancelled: boolean;
}

const MIB = 1024 * 1024;

/**
 * Carries messages between a client on standard input and output and a gateway on HTTP.
 *
 * The transports of the MCP SDK are not used on purpose. They parse and serialize every message, which changes numbers
 * beyond 2^53; they close at a line that is too long, read answers of any size, and do not report whether a request was
 * sent before its connection broke, so a tool could run twice. They would also make this file 1.4 MB instead of 30 kB.
 */
export class Bridge {
  private readonly channel: Channel;
  private readonly session: Session;
  private readonly pending = new Map<string | number, Pending>();
  private pendingBytes = 0;
  private readonly graceMs: number;
  private readonly closing = new AbortController();
  /** Settles once `initialize` and `initialized` are answered: all that follows names the session they open. */
  private ready: Promise<void> = Promise.resolve();
  private onIdle: (() => void) | undefined;

  constructor(
    private readonly options: BridgeOptions,
    private readonly streams: BridgeStreams,
  ) {
    this.channel = openChannel(options.url);
    this.graceMs = options.graceMs ?? 1_000;
    this.session = new Session({
      channel: this.channel,
      token: options.token,
      idleTimeoutMs: options.idleTimeoutMs ?? 660_000,
      retryMs: options.retryMs ?? 8_000,
      maxAnswerBytes: options.maxAnswerBytes ?? 64 * MIB,
      deliver: (text) => this.write(text),
      log: streams.log,
    });
  }

  /** Runs until the client closes its end, or `stop` fires. */
  public async run(stop: AbortSignal): Promise<void> {
    await this.readLines(stop);
    if (!stop.aborted) {
      await this.drain();
    }
    this.closing.abort();
    // Not composed with AbortSignal.any: the signal that lives on remembers each one made so.
    this.pending.forEach(({ abort }) => abort.abort());
    await this.session.end();
    this.channel.close();
  }

  private async readLines(stop: AbortSignal): Promise<void> {
    const maxBytes = this.options.maxLineBytes ?? 4 * MIB;
    const lines = new LineSplitter(maxBytes);
    const onStop = (): void => void lines.destroy();
    stop.addEventListener('abort', onStop, { once: true });
    this.streams.input.once('error', () => lines.end());
    this.streams.input.pipe(lines);
    try {
      for await (const line of lines as AsyncIterable<Buffer | typeof LINE_TOO_LONG>) {
        if (line === LINE_TOO_LONG) {
          this.refuse(null, INVALID_REQUEST, `the message is longer than ${maxBytes} bytes`);
        } else {
          this.take(line.toString('utf8').trim());
        }
        if (stop.aborted) {
          return;
        }
      }
    } catch (error) {
      if (!stop.aborted) {
        throw error;
      }
    } finally {
      stop.removeEventListener('abort', onStop);
    }
  }

  private take(line: string): void {
    const message = parseMessage(line);
    if (line === '') {
      return;
    } else if (message !== undefined && isRequest(message)) {
      const done = this.sendRequest(message, line, this.ready);
      if (message.method === 'initialize') {
        this.ready = done;
      }
    } else if (message !== undefined && 'id' in message && message.method !== undefined) {
      this.refuse(null, INVALID_REQUEST, 'the id of a request must be a string or a number');
    } else if (message !== undefined) {
      void this.sendNotification(message, line);
    } else if (line.startsWith('[')) {
      this.streams.log('a batch was ignored: this protocol has none');
    } else {
      this.refuse(null, PARSE_ERROR, 'the line is not a JSON-RPC message');
    }
  }

  private async sendRequest(request: Request, text: string, ready: Promise<void>): Promise<void> {
    const maxBytes = this.options.maxPendingBytes ?? 64 * MIB;
    if (this.pendingBytes + text.length > maxBytes) {
      this.refuse(
        request.id,
        BRIDGE_ERROR,
        `the requests without an answer hold more than ${maxBytes} bytes; retry later`,
      );
      return;
    }
    const pending: Pending = { abort: new AbortController(), request, cancelled: false };
    this.pending.set(request.id, pending);
    this.pendingBytes += text.length;
    try {
      await ready;
      await this.session.request(request, text, pending.abort.signal);
    } catch (error) {
      // A cancelled request gets no answer.
      if (!pending.cancelled && !this.closing.signal.aborted) {
        this.refuse(request.id, BRIDGE_ERROR, `${request.method} failed: ${messageOf(error)}`);
      }
    } finally {
      this.pendingBytes -= text.length;
      if (this.pending.get(request.id) === pending) {
        this.pending.delete(request.id);
      }
      if (this.pending.size === 0) {
        this.onIdle?.();
      }
    }
  }

  private async sendNotification(message: Message, text: string): Promise<void> {
    const cancelled =
      message.method === 'notifications/cancelled'
        ? this.pending.get(message.params?.requestId as string | number)
        : undefined;
    if (cancelled !== undefined) {
      cancelled.cancelled = true;
    }
    if (cancelled !== undefined && ownRevision(cancelled.request) !== undefined) {
      // Since 2026-07-28 a request is cancelled by closing the connection of its answer.
      cancelled.abort.abort();
      return;
    }
    const done = this.notify(message, text, this.ready);
    if (message.method === 'notifications/initialized') {
      this.ready = done;
    }
    await done;
    if (cancelled !== undefined) {
      setTimeout(() => cancelled.abort.abort(), this.graceMs).unref();
    }
  }

  private async notify(message: Message, text: string, ready: Promise<void>): Promise<void> {
    try {
      await ready;
      await this.session.notify(message, text, this.closing.signal);
    } catch (error) {
      this.streams.log(`${message.method ?? 'an answer'} did not reach the gateway: ${messageOf(error)}`);
    }
  }

  /** Waits until every request is answered, `graceMs` at most. */
  private async drain(): Promise<void> {
    if (this.pending.size > 0) {
      await new Promise<void>((resolve) => {
        this.onIdle = resolve;
        setTimeout(resolve, this.graceMs).unref();
      });
    }
  }

  private refuse(id: string | number | null, code: number, problem: string): void {
    this.streams.log(problem);
    this.write(errorAnswer(id, code, problem));
  }

  private write(text: string): void {
    this.streams.output.write(`${text}\n`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
