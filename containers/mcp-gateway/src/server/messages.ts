import { Message } from './http/message';
import { Code, Refusal } from './http/refusal';
import { AuditSink, MessageEvent, MessageMethod, sessionHash, Transport } from '../audit/record';
import { Metrics } from '../operations/metrics';
import { RateLimits } from '../policy/rate-limits';

export interface MessagesOptions {
  readonly limits: RateLimits;
  readonly audit: AuditSink;
  readonly metrics: Metrics;
  readonly transport: Transport;
}

const METHODS: readonly string[] = [
  'initialize',
  'ping',
  'server/discover',
  'subscriptions/listen',
  'tools/list',
] satisfies MessageMethod[];

/**
 * Messages other than tool calls. Over HTTP they are limited for each client; on standard input and output, which
 * serves one client, they are not. Requests are counted in the audit log.
 */
export class Messages {
  constructor(private readonly options: MessagesOptions) {}

  /**
   * @param session its id, when there is one
   * @throws Refusal when there were too many
   */
  public admit(client: string, { id, method }: Message, session?: string): void {
    // a call has limits and a record of its own; a call that runs can be cancelled at any time
    if (method === 'tools/call' || method === 'notifications/cancelled') {
      return;
    }
    const { limits, audit, metrics, transport } = this.options;
    const event: Omit<MessageEvent, 'outcome'> = {
      type: 'message',
      client,
      method: nameOf(method),
      transport,
      request: id,
      session: session === undefined ? undefined : sessionHash(session),
    };
    const rate = transport === 'http' ? limits.takeRequest(client) : { allowed: true } as const;
    if (!rate.allowed) {
      audit.count({ ...event, outcome: 'limited', rule: rate.rule });
      const seconds = Math.ceil(rate.retryAfterMs / 1000);
      const text = `Too many messages: ${rate.limit} a minute are allowed besides tool calls; try again in ` +
        `${seconds} s`;
      throw new Refusal(429, rate.rule, text, {
        code: Code.transport,
        id,
        headers: { 'retry-after': String(seconds) },
      });
    }
    metrics.message(client, event.method);
    if (id !== undefined && method !== undefined) {
      audit.count({ ...event, outcome: 'success' });
    }
  }
}

/** One of a fixed set: the client's own text stays out of logs and metrics. */
function nameOf(method: string | undefined): MessageMethod {
  if (method?.startsWith('notifications/')) {
    return 'notifications';
  }
  return method !== undefined && METHODS.includes(method) ? method as MessageMethod : 'other';
}
