import { randomUUID } from 'node:crypto';
import { Server, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { HttpSettings } from '../../manifest/defaults';
import { shareOf } from '../../policy/call-slots';
import { ServerFactory } from '../mcp-server';
import { Message } from './message';
import { Code, Refusal } from './refusal';

interface Session {
  readonly id: string;
  readonly client: string;
  readonly server: Server;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  /** Ids of requests that are not answered yet. */
  readonly pending: Set<string | number>;
  busy: number;
  lastUsed: number;
}

/** A request of a session under way. */
export interface Exchange {
  readonly response: Response;
  /** To be called when the response was written to its end, or could not be. */
  done(): void;
}

/**
 * The sessions of clients that speak a revision before 2026-07-28. Each has a server and a transport of its own and
 * belongs to the client that began it; its id is no proof of anything. A client holds no more than its share: its own
 * session that was unused longest makes room for its next one, and another client's never does.
 */
export class Sessions {
  private readonly sessions = new Map<string, Session>();
  private readonly sweep: NodeJS.Timeout;
  private readonly share: number;

  constructor(
    private readonly factory: ServerFactory,
    private readonly settings: Pick<HttpSettings, 'clients' | 'maxSessions' | 'sessionIdleSeconds'>,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.share = shareOf(settings.maxSessions, settings.clients);
    this.sweep = setInterval(() => this.expire(), Math.min(settings.sessionIdleSeconds * 500, 30_000)).unref();
  }

  public get size(): number {
    return this.sessions.size;
  }

  /** How many sessions have a request under way. */
  public get busy(): number {
    return [...this.sessions.values()].filter(({ busy }) => busy > 0).length;
  }

  /** @throws Refusal */
  public async serve(request: Request, client: string, message: Message | undefined): Promise<Exchange> {
    const id = request.headers.get('mcp-session-id');
    const session = id === null ? await this.begin(client, message) : this.find(id, client, message);
    const pendingId = message?.method === undefined ? undefined : message.id;
    if (pendingId !== undefined && session.pending.has(pendingId)) {
      throw new Refusal(400, 'duplicate-id', 'A request with this id is not answered yet; use another id', {
        code: Code.invalidRequest,
        id: pendingId,
      });
    }
    const done = this.occupy(session, pendingId);
    try {
      const options = message === undefined ? {} : { parsedBody: message };
      const response = await session.transport.handleRequest(request, options);
      if (id === null && !response.ok) {
        // the client does not know the session
        void this.end(session.id);
      }
      if (message?.method === 'notifications/cancelled') {
        this.cancelled(session, message.params?.requestId);
      }
      return { response, done };
    } catch (error) {
      done();
      throw error;
    }
  }

  public async close(): Promise<void> {
    clearInterval(this.sweep);
    await Promise.all([...this.sessions.keys()].map(async (id) => this.end(id)));
  }

  private async begin(client: string, message: Message | undefined): Promise<Session> {
    if (message?.method !== 'initialize' || message.id === undefined) {
      throw new Refusal(400, 'session-missing', 'The Mcp-Session-Id header of an initialized session is needed', {
        id: message?.id,
      });
    }
    this.makeRoom(client, message.id);
    const server = this.factory(client);
    const id = randomUUID();
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      onsessionclosed: () => void this.sessions.delete(id),
    });
    const session: Session = { id, client, server, transport, pending: new Set(), busy: 0, lastUsed: this.now() };
    // at once, so that sessions that begin together are counted
    this.sessions.set(id, session);
    await server.connect(transport);
    return session;
  }

  /** Nothing answers a request that was cancelled, so its stream would never end, and its id never be free again. */
  private cancelled({ pending, transport }: Session, id: unknown): void {
    if ((typeof id === 'string' || typeof id === 'number') && pending.has(id)) {
      transport.closeSSEStream(id);
    }
  }

  private find(id: string, client: string, message: Message | undefined): Session {
    const session = this.sessions.get(id);
    if (session?.client !== client) {
      // only the rule, which the client does not see, distinguishes another client's session
      const rule = session === undefined ? 'session-unknown' : 'session-of-another-client';
      throw new Refusal(404, rule, 'Session not found; initialize again', { code: -32001, id: message?.id });
    }
    return session;
  }

  private occupy(session: Session, pendingId: string | number | undefined): () => void {
    session.busy += 1;
    session.lastUsed = this.now();
    if (pendingId !== undefined) {
      session.pending.add(pendingId);
    }
    let over = false;
    return () => {
      if (over) {
        return;
      }
      over = true;
      session.busy -= 1;
      session.lastUsed = this.now();
      if (pendingId !== undefined) {
        session.pending.delete(pendingId);
      }
    };
  }

  private makeRoom(client: string, id: string | number): void {
    const held = [...this.sessions.values()].filter((session) => session.client === client);
    if (held.length < this.share) {
      return;
    }
    const [victim] = held.filter(({ busy }) => busy === 0).sort((a, b) => a.lastUsed - b.lastUsed);
    if (victim === undefined) {
      const text = `All ${this.share} sessions of this client are in use; end one, or try again in a moment`;
      throw new Refusal(503, 'sessions-full', text, { id, headers: { 'retry-after': '5' } });
    }
    void this.end(victim.id);
  }

  private expire(): void {
    const limit = this.now() - this.settings.sessionIdleSeconds * 1000;
    for (const [id, { busy, lastUsed }] of this.sessions) {
      if (busy === 0 && lastUsed < limit) {
        void this.end(id);
      }
    }
  }

  private async end(id: string): Promise<void> {
    const session = this.sessions.get(id);
    this.sessions.delete(id);
    await session?.server.close().catch(() => undefined);
  }
}
