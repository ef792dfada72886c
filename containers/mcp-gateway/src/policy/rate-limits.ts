import { SlidingWindow } from './sliding-window';
import { CLIENT_DEFAULTS } from '../manifest/defaults';
import { Manifest } from '../manifest/manifest';

export type RateVerdict = { readonly allowed: true } | RateExceeded;

export interface RateExceeded {
  readonly allowed: false;
  readonly rule: 'client-rate' | 'tool-rate' | 'request-rate';
  /** Per minute. */
  readonly limit: number;
  readonly retryAfterMs: number;
}

/**
 * Calls per minute: for each client over all tools, and for each client and tool; and each client's requests other than
 * calls. What is refused does not count.
 */
export class RateLimits {
  private readonly clientLimits: ReadonlyMap<string, number>;
  private readonly requestLimits: ReadonlyMap<string, number>;
  private readonly toolLimits: ReadonlyMap<string, number>;
  private readonly windows = new Map<string, SlidingWindow>();

  /** @param now milliseconds on a clock that never goes back */
  constructor(
    manifest: Pick<Manifest, 'clients' | 'tools'>,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.clientLimits = new Map(
      manifest.clients.map(({ name, callsPerMinute }) => [name, callsPerMinute ?? CLIENT_DEFAULTS.callsPerMinute]),
    );
    this.requestLimits = new Map(
      manifest.clients.map(({ name, requestsPerMinute }) => [
        name,
        requestsPerMinute ?? CLIENT_DEFAULTS.requestsPerMinute,
      ]),
    );
    this.toolLimits = new Map(manifest.tools.map(({ name, limits }) => [name, limits.callsPerMinute]));
  }

  /** Counts a call, unless it is one too many. */
  public take(client: string, tool: string): RateVerdict {
    const now = this.now();
    const clientLimit = this.clientLimits.get(client) ?? CLIENT_DEFAULTS.callsPerMinute;
    const ofClient = this.window(client, clientLimit);
    const clientWait = ofClient.wait(now);
    if (clientWait > 0) {
      return { allowed: false, rule: 'client-rate', limit: clientLimit, retryAfterMs: clientWait };
    }
    // a name that is no tool gets no window of its own: a caller could make up any number of them
    const toolLimit = this.toolLimits.get(tool);
    if (toolLimit !== undefined) {
      const ofTool = this.window(`${client} ${tool}`, toolLimit);
      const toolWait = ofTool.wait(now);
      if (toolWait > 0) {
        return { allowed: false, rule: 'tool-rate', limit: toolLimit, retryAfterMs: toolWait };
      }
      ofTool.add(now);
    }
    ofClient.add(now);
    return { allowed: true };
  }

  /** Counts a request other than a call, unless it is one too many. */
  public takeRequest(client: string): RateVerdict {
    const now = this.now();
    const limit = this.requestLimits.get(client) ?? CLIENT_DEFAULTS.requestsPerMinute;
    // no tool has such a name
    const window = this.window(`${client} *`, limit);
    const wait = window.wait(now);
    if (wait > 0) {
      return { allowed: false, rule: 'request-rate', limit, retryAfterMs: wait };
    }
    window.add(now);
    return { allowed: true };
  }

  private window(key: string, limit: number): SlidingWindow {
    let window = this.windows.get(key);
    if (window === undefined) {
      window = new SlidingWindow(limit);
      this.windows.set(key, window);
    }
    return window;
  }
}
