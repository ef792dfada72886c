import { IncomingMessage } from 'node:http';
import { Refusal } from './refusal';
import { HttpSettings } from '../../manifest/defaults';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i;
const MAX_PORT = 65_535;

/**
 * Keeps browsers out that were led here by another site: the name a request was sent to, and the page that sent it,
 * must be on the manifest's lists. Forwarded headers are never looked at.
 */
export class Gate {
  private readonly hosts: ReadonlySet<string>;
  private readonly origins: ReadonlySet<string>;

  constructor({ allowedHosts, allowedOrigins }: Pick<HttpSettings, 'allowedHosts' | 'allowedOrigins'>) {
    this.hosts = new Set([...LOOPBACK_NAMES, ...allowedHosts]);
    this.origins = new Set(allowedOrigins);
  }

  /** @throws Refusal */
  public check(req: IncomingMessage): void {
    this.checkHost(headerValues(req, 'host'));
    this.checkOrigin(headerValues(req, 'origin'));
  }

  private checkHost(values: readonly string[]): void {
    const [, name, port = '0'] = (values.length === 1 ? HOST.exec(values[0]!) : undefined) ?? [];
    if (name === undefined || Number(port) > MAX_PORT) {
      throw new Refusal(400, 'host-malformed', 'Exactly one Host header with a plain name or address is needed');
    }
    // a trailing dot is another name: names are compared as they are listed
    if (!this.hosts.has(name.toLowerCase())) {
      throw new Refusal(403, 'host', 'This Host is not allowed; the manifest lists the names the gateway answers to');
    }
  }

  private checkOrigin(values: readonly string[]): void {
    if (values.length > 1 || (values[0] !== undefined && !this.origins.has(values[0]))) {
      throw new Refusal(403, 'origin', 'This Origin is not allowed; the manifest lists the origins that are');
    }
  }
}

/**
 * Whether only this machine can reach an address. Other names depend on the resolver, so only `localhost` counts.
 */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** Every value of a header as it came: Node drops or joins repeated ones, and a repeated Host or token is an attack. */
export function headerValues(req: Pick<IncomingMessage, 'rawHeaders'>, name: string): string[] {
  return req.rawHeaders.flatMap((key, index) =>
    index % 2 === 0 && key.toLowerCase() === name ? [req.rawHeaders[index + 1]!] : [],
  );
}
