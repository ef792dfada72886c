import { IncomingMessage } from 'node:http';
import { SlidingWindow } from '../../policy/sliding-window';
import { Credentials } from '../credentials';
import { headerValues } from './gate';
import { Refusal } from './refusal';

const FAILURES_PER_MINUTE = 20;
const MAX_ADDRESSES = 4096;
const CHALLENGE = { 'www-authenticate': 'Bearer realm="mcp-gateway"' };

/**
 * Authenticates a request. Wrong tokens are answered 401, and 429 once an address has sent too many: a right token is
 * served all the same, so that clients behind one address cannot lock each other out.
 */
export class BearerCheck {
  private readonly failures = new Map<string, SlidingWindow>();

  constructor(
    private readonly credentials: Credentials,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * @returns the client's name
   * @throws Refusal
   */
  public identify(req: IncomingMessage): string {
    const values = headerValues(req, 'authorization');
    if (values.length === 0 && this.credentials.anonymous !== undefined) {
      return this.credentials.anonymous;
    }
    const token = values.length === 1 ? /^Bearer +([^ ]+) *$/i.exec(values[0]!)?.[1] : undefined;
    const client = token === undefined ? undefined : this.credentials.identify(token);
    if (client === undefined) {
      throw this.refusal(req.socket.remoteAddress ?? 'unknown', values.length === 0 ? 'no-token' : 'bad-token');
    }
    return client;
  }

  private refusal(address: string, rule: string): Refusal {
    const now = this.now();
    let window = this.failures.get(address);
    if (window === undefined) {
      this.makeRoom(now);
      window = new SlidingWindow(FAILURES_PER_MINUTE);
      this.failures.set(address, window);
    }
    const wait = window.wait(now);
    if (wait > 0) {
      return new Refusal(429, 'too-many-bad-tokens', 'Too many requests without a valid token', {
        headers: { ...CHALLENGE, 'retry-after': String(Math.ceil(wait / 1000)) },
      });
    }
    window.add(now);
    return new Refusal(401, rule, 'A valid bearer token is needed in the Authorization header', { headers: CHALLENGE });
  }

  private makeRoom(now: number): void {
    if (this.failures.size < MAX_ADDRESSES) {
      return;
    }
    for (const [address, window] of this.failures) {
      if (window.idle(now)) {
        this.failures.delete(address);
      }
    }
    const [oldest] = this.failures.keys();
    if (this.failures.size >= MAX_ADDRESSES && oldest !== undefined) {
      this.failures.delete(oldest);
    }
  }
}
