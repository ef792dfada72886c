import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { JSONRPCMessage, Transport, parseJSONRPCMessage, serializeMessage } from '@modelcontextprotocol/server';
import { Message } from '../http/message';
import { Code, Refusal, refusalBody } from '../http/refusal';

/** Requests under way at which no more lines are read. */
const MAX_PENDING = 256;
/** How long to wait, after the last answer, for a client that reads nothing. */
const STALL_MS = 10_000;

/**
 * Passes messages to the protocol and its answers to the output. Knows which requests are not answered yet: no more are
 * taken in than can be answered, and none is forgotten at the end.
 */
export class LineTransport implements Transport {
  public onclose: Transport['onclose'];
  public onerror: Transport['onerror'];
  public onmessage: Transport['onmessage'];
  private readonly pending = new Set<string | number>();
  private closed = false;
  private wake: (() => void) | undefined;

  constructor(private readonly output: Writable) {
    output.on('drain', () => this.wake?.());
  }

  public async start(): Promise<void> {
    // lines are read by the session
  }

  /** @returns once there is room for one more request, or the transport was closed */
  public async room(): Promise<void> {
    while (!this.closed && (this.pending.size >= MAX_PENDING || this.output.writableNeedDrain)) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  /** @throws Refusal for a request whose id is in use */
  public receive(message: Message): void {
    const { id, method } = message;
    const parsed = parseJSONRPCMessage(message);
    // a subscription is answered when it ends
    if (id !== undefined && method !== undefined && method !== 'subscriptions/listen') {
      if (this.pending.has(id)) {
        throw new Refusal(400, 'duplicate-id', 'A request with this id is not answered yet; use another id', {
          code: Code.invalidRequest,
          id,
        });
      }
      this.pending.add(id);
    }
    this.onmessage?.(parsed);
    if (method === 'notifications/cancelled') {
      // a cancelled request gets no answer
      this.settle(message.params?.requestId);
    }
  }

  public refuse(refusal: Refusal): void {
    this.write(`${refusalBody(refusal)}\n`);
  }

  public async send(message: JSONRPCMessage): Promise<void> {
    this.write(serializeMessage(message));
    if ('id' in message && !('method' in message)) {
      this.settle(message.id);
    }
  }

  /** @returns whether every request was answered and the answers were read */
  public async drained(): Promise<boolean> {
    let left = Infinity;
    for (
      let since = performance.now();
      performance.now() - since < STALL_MS && !this.output.destroyed;
      await sleep(10)
    ) {
      const now = this.pending.size + this.output.writableLength;
      if (now === 0) {
        return true;
      }
      if (now !== left) {
        left = now;
        since = performance.now();
      }
    }
    return false;
  }

  public async close(): Promise<void> {
    if (!this.closed) {
      this.closed = true;
      this.wake?.();
      this.onclose?.();
    }
  }

  private write(line: string): void {
    if (this.output.writable) {
      this.output.write(line);
    }
  }

  private settle(id: unknown): void {
    if (this.pending.delete(id as string | number)) {
      this.wake?.();
    }
  }
}
