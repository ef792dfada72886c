import { Socket } from 'node:net';
import { Refusal } from './refusal';
import { shareOf } from '../../policy/call-slots';

/** Connections that have not shown a token: more than clients open at once, and how long one may stay. */
const MAX_UNPROVEN = 512;
const UNPROVEN_MS = 5000;
/** Connections that clients share, and what each has at least. */
const MAX_PROVEN = 512;
const MIN_SHARE = 64;

export interface ConnectionsOptions {
  /** Clients that share the connections. */
  readonly clients: number;
  /** Whether an answer is under way, which is waited for. */
  busy(socket: Socket): boolean;
  /** The connection has shown no token in time. */
  expired(socket: Socket): void;
  /** The connection is closed to make room for a newer one without a token. */
  displaced(socket: Socket): void;
}

/**
 * Keeps connections apart that have shown a token and that have not. The latter are few and short-lived; when there are
 * too many, the oldest one of the address that holds most is closed, so that a client with a token always gets in. The
 * others count for their client, which has an equal share.
 */
export class Connections {
  /** In the order in which they came. */
  private readonly unproven = new Map<Socket, { readonly address: string; readonly timer: NodeJS.Timeout }>();
  private readonly proven = new Map<Socket, string>();
  private readonly share: number;

  constructor(private readonly options: ConnectionsOptions) {
    this.share = Math.max(MIN_SHARE, shareOf(MAX_PROVEN, options.clients));
  }

  public add(socket: Socket): void {
    const timer = setTimeout(() => {
      if (this.options.busy(socket)) {
        timer.refresh();
      } else {
        this.options.expired(socket);
      }
    }, UNPROVEN_MS).unref();
    this.unproven.set(socket, { address: socket.remoteAddress ?? 'unknown', timer });
    socket.once('close', () => this.forget(socket));
    if (this.unproven.size > MAX_UNPROVEN) {
      this.displace();
    }
  }

  /** Whether the connection has shown a token. */
  public hasToken(socket: Socket): boolean {
    return this.proven.has(socket);
  }

  /**
   * Counts a connection for the client whose token it has shown last; a proxy may use one for several.
   *
   * @throws Refusal when the client has too many
   */
  public prove(socket: Socket, client: string): void {
    if (this.proven.get(socket) === client) {
      return;
    }
    const held = [...this.proven.values()].filter((holder) => holder === client).length;
    if (held >= this.share) {
      throw new Refusal(503, 'client-connections', 'This client has too many connections open; close some', {
        headers: { 'retry-after': '5', 'connection': 'close' },
      });
    }
    this.forget(socket);
    if (!socket.destroyed) {
      this.proven.set(socket, client);
    }
  }

  private displace(): void {
    const held = new Map<string, number>();
    for (const { address } of this.unproven.values()) {
      held.set(address, (held.get(address) ?? 0) + 1);
    }
    const most = Math.max(...held.values());
    const [oldest] = [...this.unproven].find(([, { address }]) => held.get(address) === most) ?? [];
    if (oldest !== undefined) {
      this.forget(oldest);
      this.options.displaced(oldest);
    }
  }

  private forget(socket: Socket): void {
    clearTimeout(this.unproven.get(socket)?.timer);
    this.unproven.delete(socket);
    this.proven.delete(socket);
  }
}
