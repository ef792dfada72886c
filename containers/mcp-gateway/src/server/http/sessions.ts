import { randomUUID } from 'node:crypto';
import { Server, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { HttpSettings } from '../../manifest/defaults';
import { ServerFactory } from '../mcp-server';
import { Message } from './message';
import { Code, Refusal } from './refusal';

interface Session {
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
 * The sessions of clients that speak a revision before 2026-07-28. Each has a server and a transport of its own and belongs
 * to the client that began it; its id is no proof of anything. There are only so many: the one unused longest, of the
 * client that holds most, makes room.
 */
export class Sessions {
  private readonly sessions = new Map<string, Session>();
  private readonly sweep: NodeJS.Timeout;

  public constructor(
    private readonly factory: ServerFactory,
    private readonly settings: Pick<HttpSettings, 'maxSessions' | 'sessionIdleSeconds'>,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.sweep = setInterval(() => this.expire(), Math.min(settings.sessionIdleSeconds * 500, 30_000)).unref();
  }

  public get size(): number {
    return this.sessions.size;
  }

  /** @throws Refusal */
  public async serve(request: Request, client: string, message: Message | undefined): Promise<Exchange> {
    const id = request.headers.get('mcp-session-id');
    const session = id === null ? await this.begin(client, message) : this.find(id, client);
    const pendingId = message?.method === undefined ? undefined : message.id;
    if (pendingId !== undefined && session.pending.has(pendingId)) {
      throw new Refusal(400, 'duplicate-id', 'A request with this id is not answered yet; use another id', { code: Code.invalidRequest, id: pendingId });
    }
    const done = this.occupy(session, pendingId);
    try {
      const options = message === undefined ? {} : { parsedBody: message };
      const response = await session.transport.handleRequest(request, options);
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
      throw new Refusal(400, 'session-missing', 'The Mcp-Session-Id header of an initialized session is needed', message?.id === undefined ? {} : { id: message.id });
    }
    this.makeRoom(client);
    const server = this.factory(client);
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void this.sessions.set(id, session),
      onsessionclosed: (id) => void this.sessions.delete(id),
    });
    const session: Session = { client, server, transport, pending: new Set(), busy: 0, lastUsed: this.now() };
    await server.connect(transport);
    return session;
  }

  /** Nothing answers a request that was cancelled, so its stream would never end, and its id never be free again. */
  private cancelled({ pending, transport }: Session, id: unknown): void {
    if ((typeof id === 'string' || typeof id === 'number') && pending.has(id)) {
      transport.closeSSEStream(id);
    }
  }

  private find(id: string, client: string): Session {
    const session = this.sessions.get(id);
    if (session?.client !== client) {
      // another client's session is told apart in metrics alone
      throw new Refusal(404, session === undefined ? 'session-unknown' : 'session-of-another-client', 'Session not found; initialize anew', { code: -32001 });
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
      if (over) return;
      over = true;
      session.busy -= 1;
      session.lastUsed = this.now();
      if (pendingId !== undefined) {
        session.pending.delete(pendingId);
      }
    };
  }

  private makeRoom(client: string): void {
    if (this.sessions.size < this.settings.maxSessions) {
      return;
    }
    const held = new Map<string, number>();
    for (const session of this.sessions.values()) {
      held.set(session.client, (held.get(session.client) ?? 0) + 1);
    }
    const ordered = [...this.sessions].sort(([, a], [, b]) => held.get(b.client)! - held.get(a.client)! || a.lastUsed - b.lastUsed);
    const [victim] = [
      ...ordered.filter(([, { busy }]) => busy === 0),
      // a client that only listens, on more sessions than the one that asks has, keeps nobody out
      ...ordered.filter(([, session]) => session.pending.size === 0 && held.get(session.client)! > (held.get(client) ?? 0) + 1),
    ];
    if (victim === undefined) {
      throw new Refusal(503, 'sessions-full', 'Every session is in use; try again in a moment', { headers: { 'retry-after': '5' } });
    }
    void this.end(victim[0]);
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
