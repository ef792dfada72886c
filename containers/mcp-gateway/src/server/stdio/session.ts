import { Readable, Writable } from 'node:stream';
import { Server } from '@modelcontextprotocol/server';
import { StdioServerHandle, serveStdio } from '@modelcontextprotocol/server/stdio';
import { LineTransport } from './transport';
import { AuditSink } from '../../audit/record';
import { LINE_TOO_LONG, LineSplitter } from '../../line-splitter';
import { parseMessage } from '../http/message';
import { Code, Refusal } from '../http/refusal';
import { Messages } from '../messages';

/** The longest line that is read: 10 MiB. */
export const MAX_LINE_BYTES = 10 * 1024 * 1024;

export interface StdioSessionOptions {
  readonly factory: () => Server;
  readonly client: string;
  readonly messages: Messages;
  readonly audit: AuditSink;
  readonly input: Readable;
  readonly output: Writable;
}

/** Why a session ended. */
export interface SessionEnd {
  readonly reason: string;
  readonly failed: boolean;
}

/**
 * One client over two streams. Lines are read as fast as their answers are taken away. The end of the input ends the
 * session; what is not a message is passed over and recorded.
 */
export class StdioSession {
  public readonly ended: Promise<SessionEnd>;
  private readonly handle: StdioServerHandle;
  private readonly transport: LineTransport;
  private resolve!: (end: SessionEnd) => void;
  private isOver = false;

  constructor(private readonly options: StdioSessionOptions) {
    const { factory, input, output } = options;
    this.ended = new Promise((resolve) => (this.resolve = resolve));
    this.transport = new LineTransport(output);
    output.on('error', () => this.finish({ reason: 'the output was closed', failed: false }));
    input.on('error', (error) => this.finish({ reason: `the input failed: ${error.message}`, failed: true }));
    this.handle = serveStdio(factory, { transport: this.transport, onerror: () => this.refused('not-json-rpc') });
    void this.read(input.pipe(new LineSplitter(MAX_LINE_BYTES)));
  }

  /** Ends the session as if the input had ended. */
  public end(reason: string): void {
    this.finish({ reason, failed: false });
  }

  /** @returns whether every request was answered and the answers were read */
  public async close(): Promise<boolean> {
    const drained = await this.transport.drained();
    await this.handle.close();
    return drained;
  }

  private finish(end: SessionEnd): void {
    this.isOver = true;
    this.resolve(end);
  }

  private async read(lines: LineSplitter): Promise<void> {
    for await (const line of lines as AsyncIterable<Buffer | typeof LINE_TOO_LONG>) {
      await this.transport.room();
      if (this.isOver) {
        return;
      }
      if (line === LINE_TOO_LONG) {
        this.options.input.unpipe(lines);
        this.refused('line-too-long', { bytes: MAX_LINE_BYTES });
        this.finish({ reason: `a line of more than ${MAX_LINE_BYTES} bytes`, failed: true });
        return;
      }
      this.take(line);
    }
    this.finish({ reason: 'end of input', failed: false });
  }

  /**
   * Checks a line as HTTP checks a body. A faulty line is answered if it has an id; otherwise it is only recorded,
   * since no request could be matched to the answer.
   */
  private take(line: Buffer): void {
    try {
      const text = line.toString('utf8');
      const message = parseMessage(text);
      if (!Buffer.from(text, 'utf8').equals(line)) {
        throw new Refusal(400, 'not-json', 'The line is not UTF-8 text', { code: Code.parseError, id: message.id });
      }
      this.options.messages.admit(this.options.client, message);
      this.transport.receive(message);
    } catch (error) {
      if (!(error instanceof Refusal) || error.options.id === undefined) {
        this.refused('not-json-rpc');
        return;
      }
      this.refused(error.rule, { request: error.options.id });
      this.transport.refuse(error);
    }
  }

  private refused(rule: string, details: { readonly request?: string | number; readonly bytes?: number } = {}): void {
    const { audit, client } = this.options;
    audit.count({ type: 'input', outcome: 'denied', rule, transport: 'stdio', client, ...details });
  }
}
