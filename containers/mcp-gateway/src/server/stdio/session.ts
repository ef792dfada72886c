import { Readable, Writable } from 'node:stream';
import { Server } from '@modelcontextprotocol/server';
import { StdioServerHandle, StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { LineGuard, LineTooLong } from './line-guard';
import { AuditSink } from '../../audit/record';
import { parseMessage } from '../http/message';
import { Code, Refusal, refusalBody } from '../http/refusal';

/** The longest line that is read: 10 MiB. */
export const MAX_LINE_BYTES = 10 * 1024 * 1024;

export interface StdioSessionOptions {
  readonly factory: () => Server;
  readonly client: string;
  readonly audit: AuditSink;
  readonly input: Readable;
  readonly output: Writable;
}

/** Why a session ended. */
export interface SessionEnd {
  readonly reason: string;
  readonly failed: boolean;
}

/** One client over two streams. The end of the input ends the session; what is not a message is passed over and recorded. */
export class StdioSession {
  public readonly ended: Promise<SessionEnd>;
  private readonly handle: StdioServerHandle;
  private resolve!: (end: SessionEnd) => void;

  public constructor({ factory, client, audit, input, output }: StdioSessionOptions) {
    this.ended = new Promise((resolve) => (this.resolve = resolve));
    const refused = (rule: string, request?: string | number): void => (
      audit.tally({ type: 'input', outcome: 'denied', rule, transport: 'stdio', client, request }));
    const guard = new LineGuard(MAX_LINE_BYTES, (line) => isMessage(line, output, refused));
    // what the SDK reads ends only when the session is closed, so that calls under way are still answered
    const lines = new Readable({ read: () => void guard.resume() });
    guard.on('data', (chunk) => {
      if (!lines.push(chunk)) guard.pause();
    });
    guard.on('end', () => this.resolve({ reason: 'end of input', failed: false }));
    guard.on('error', (error) => {
      input.unpipe(guard);
      audit.tally({ type: 'input', outcome: 'denied', rule: 'line-too-long', transport: 'stdio', client, ...(error instanceof LineTooLong ? { bytes: error.bytes } : {}) });
      this.resolve({ reason: error.message, failed: true });
    });
    output.on('error', () => this.resolve({ reason: 'the output was closed', failed: false }));
    input.on('error', (error) => this.resolve({ reason: `the input failed: ${error.message}`, failed: true }));
    const transport = new StdioServerTransport(lines, output, { maxBufferSize: 2 * MAX_LINE_BYTES });
    this.handle = serveStdio(factory, {
      transport,
      onerror: () => refused('not-json-rpc'),
    });
    input.pipe(guard);
  }

  /** Ends the session as if the input had ended. */
  public end(reason: string): void {
    this.resolve({ reason, failed: false });
  }

  public async close(): Promise<void> {
    await this.handle.close();
  }
}

/** Judges a line as HTTP judges a body. One that can be answered is; others are passed over, since nobody would know the answer for theirs. */
function isMessage(line: Buffer, output: Writable, refused: (rule: string, request?: string | number) => void): boolean {
  try {
    const text = line.toString('utf8');
    const { id } = parseMessage(text);
    if (!Buffer.from(text, 'utf8').equals(line)) {
      throw new Refusal(400, 'not-json', 'The line is not UTF-8 text', { code: Code.parseError, ...(id === undefined ? {} : { id }) });
    }
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    refused(error.options.id === undefined ? 'not-json-rpc' : error.rule, error.options.id);
    if (error.options.id !== undefined) {
      output.write(`${refusalBody(error)}\n`);
    }
    return false;
  }
}
