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
import { LineReader } from './lines';
import { Session } from './session';
import { TokenFile } from './token-file';

export interface BridgeOptions {
  readonly url: URL;
  readonly token: TokenFile | undefined;
  /** @default 11 minutes: longer than any tool of the gateway may take */
  readonly silentMs?: number;
  /** @default 8 seconds: shorter than clients wait for a server to start */
  readonly patienceMs?: number;
  /** Longest line taken from the client, in characters. @default 4 Mi */
  readonly maxLineLength?: number;
  /** Longest answer taken from the gateway. @default 64 MiB */
  readonly maxAnswerBytes?: number;
}

/** Where the client is. */
export interface BridgeStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: { write(text: string): unknown };
  readonly log: (text: string) => void;
}

interface Running {
  readonly abort: AbortController;
  readonly request: Request;
  cancelled: boolean;
}

/**
 * Within this a client that has closed its end still gets its answers, and a cancelled request may still end by itself.
 */
const GRACE_MS = 1_000;

/** Carries messages between a client on standard input and output and a gateway on HTTP. */
export class Bridge {
  private readonly channel: Channel;
  private readonly session: Session;
  private readonly running = new Map<string | number, Running>();
  private readonly everything = new AbortController();
  /** Nothing overtakes `initialize` and `initialized`; the session they open is named in all that follows. */
  private ready: Promise<void> = Promise.resolve();
  private idle: (() => void) | undefined;

  constructor(private readonly options: BridgeOptions, private readonly streams: BridgeStreams) {
    this.channel = openChannel(options.url);
    this.session = new Session({
      channel: this.channel,
      token: options.token,
      silentMs: options.silentMs ?? 660_000,
      patienceMs: options.patienceMs ?? 8_000,
      maxAnswerBytes: options.maxAnswerBytes ?? 64 * 1024 * 1024,
      deliver: (text) => this.write(text),
      log: streams.log,
    });
  }

  /** Runs until the client closes its end, or `stop` fires. */
  public async run(stop: AbortSignal): Promise<void> {
    const maxLength = this.options.maxLineLength ?? 4 * 1024 * 1024;
    const reader = new LineReader(
      maxLength,
      (line) => this.take(line),
      () => {
        this.streams.log(`a line of more than ${maxLength} characters was refused`);
        this.write(errorAnswer(null, INVALID_REQUEST, `the message is longer than ${maxLength} characters`));
      },
    );
    await new Promise<void>((resolve) => {
      this.streams.input.on('data', (chunk: Buffer) => reader.push(chunk));
      this.streams.input.once('end', resolve);
      this.streams.input.once('error', () => resolve());
      stop.addEventListener('abort', () => resolve(), { once: true });
      if (stop.aborted) {
        resolve();
      }
    });
    if (!stop.aborted) {
      reader.finish();
      await this.drained();
    }
    this.everything.abort();
    // Not composed with AbortSignal.any: each signal made so is remembered by the one that lives on.
    this.running.forEach(({ abort }) => abort.abort());
    await this.session.end();
    this.channel.close();
  }

  private take(line: string): void {
    const message = parseMessage(line);
    if (message === undefined) {
      const batch = line.startsWith('[');
      this.streams.log(
        batch ? 'a batch was ignored; this protocol has none' : 'a line that is not a message was refused',
      );
      if (!batch) {
        this.write(errorAnswer(null, PARSE_ERROR, 'the line is not a JSON-RPC message'));
      }
    } else if (isRequest(message)) {
      const asked = this.ask(message, line, this.ready);
      if (message.method === 'initialize') {
        this.ready = asked;
      }
    } else if ('id' in message && message.method !== undefined) {
      this.streams.log('a request with an id that is neither text nor number was refused');
      this.write(errorAnswer(null, INVALID_REQUEST, 'the id must be a text or a number'));
    } else {
      void this.tell(message, line);
    }
  }

  private async ask(request: Request, text: string, ready: Promise<void>): Promise<void> {
    const running: Running = { abort: new AbortController(), request, cancelled: false };
    this.running.set(request.id, running);
    try {
      await ready;
      await this.session.request(request, text, running.abort.signal);
    } catch (error) {
      // A request that was cancelled is not answered.
      if (!running.cancelled && !this.everything.signal.aborted) {
        const problem = `${request.method} did not succeed: ${error instanceof Error ? error.message : String(error)}`;
        this.streams.log(problem);
        this.write(errorAnswer(request.id, BRIDGE_ERROR, problem));
      }
    } finally {
      if (this.running.get(request.id) === running) {
        this.running.delete(request.id);
      }
      if (this.running.size === 0) {
        this.idle?.();
      }
    }
  }

  private async tell(message: Message, text: string): Promise<void> {
    const cancelled =
      message.method === 'notifications/cancelled'
        ? this.running.get(message.params?.requestId as string | number)
        : undefined;
    if (cancelled !== undefined) {
      cancelled.cancelled = true;
    }
    if (cancelled !== undefined && ownRevision(cancelled.request) !== undefined) {
      // Since 2026-07-28 a request is cancelled by leaving its answer.
      cancelled.abort.abort();
      return;
    }
    const told = this.notify(message, text, this.ready);
    if (message.method === 'notifications/initialized') {
      this.ready = told;
    }
    await told;
    if (cancelled !== undefined) {
      setTimeout(() => cancelled.abort.abort(), GRACE_MS).unref();
    }
  }

  private async notify(message: Message, text: string, ready: Promise<void>): Promise<void> {
    try {
      await ready;
      await this.session.notify(message, text, this.everything.signal);
    } catch (error) {
      this.streams.log(
        `${message.method ?? 'an answer'} did not reach the gateway: ` +
        `${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  private async drained(): Promise<void> {
    if (this.running.size > 0) {
      await new Promise<void>((resolve) => {
        this.idle = resolve;
        setTimeout(resolve, GRACE_MS).unref();
      });
    }
  }

  private write(text: string): void {
    this.streams.output.write(`${text}\n`);
  }
}
