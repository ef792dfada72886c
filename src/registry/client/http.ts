import { isLoopback } from './image-address';
import { LookupError, TemporaryError } from './lookup-error';

/** Timeout and number of attempts. */
export interface Patience {
  /** Timeout of a request including redirects, in milliseconds. */
  readonly timeout: number;
  /** Maximum number of attempts. */
  readonly attempts: number;
  pause(milliseconds: number): Promise<void>;
}

export interface Question {
  readonly method: 'GET' | 'HEAD';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Maximum size of the body, in bytes. */
  readonly most: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Body for status 200; otherwise empty. */
  readonly body: Buffer;
  /** URL after redirects. */
  readonly url: URL;
}

const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Sends a request once and follows redirects. Credentials are not sent to other hosts.
 *
 * @throws LookupError if there is no usable answer; TemporaryError if a retry may help
 */
export async function send(question: Question, { timeout }: Patience): Promise<Answer> {
  const signal = AbortSignal.timeout(timeout);
  try {
    let { url, headers } = question;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const response = await fetch(url, { method: question.method, headers, redirect: 'manual', signal });
      if (!REDIRECTS.includes(response.status)) { return await readAnswer(response, url, question); }
      await response.body?.cancel();
      const next = redirectFrom(url, response.headers.get('location'));
      if (next.origin !== url.origin) { headers = withoutCredentials(headers); }
      url = next;
    }
  } catch (error) {
    throw error instanceof LookupError ? error : networkError(question.url.host, error);
  }
  throw new LookupError(`${question.url.host} redirects too often.`);
}

/** Returns whether a redirect target is trusted: HTTPS, or this machine if the registry runs on it. */
export function isTrustworthy(url: URL, from: URL): boolean {
  const isPrivate =
    url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url) && from.protocol === 'http:');
  return isPrivate && url.username === '' && url.password === '';
}

function redirectFrom(url: URL, location: string | null): URL {
  const next = location !== null && URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  if (next === undefined || !isTrustworthy(next, url)) {
    throw new LookupError(`${url.host} redirects to an untrusted address.`);
  }
  return next;
}

function withoutCredentials(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'));
}

async function readAnswer(response: Response, url: URL, { method, most }: Question): Promise<Answer> {
  const { status, headers, body } = response;
  if (status === 200 && method === 'GET' && body !== null) {
    return { status, headers, url, body: await readBody(body, url, most) };
  }
  await body?.cancel();
  return { status, headers, url, body: Buffer.alloc(0) };
}

async function readBody(body: AsyncIterable<Uint8Array>, { host }: URL, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > most) { throw new LookupError(`The answer of ${host} exceeds ${most / 1024 / 1024} MiB.`); }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Error codes that may go away with a retry. */
const PASSING: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  UND_ERR_SOCKET: 'connection reset',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  EAI_AGAIN: 'its name cannot be resolved at the moment',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the host',
};

const LASTING: Readonly<Record<string, string>> = {
  ENOTFOUND: 'unknown host',
  EPROTO: 'it does not support TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not support TLS',
};

function networkError(host: string, error: unknown): LookupError {
  if ((error as Error).name === 'TimeoutError') {
    return new TemporaryError(`The request to ${host} failed: timeout.`);
  }
  const { code } = ((error as Error).cause ?? error) as { code?: unknown };
  const name = typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'no HTTP response';
  const words =
    PASSING[name] ??
    LASTING[name] ??
    (/CERT|SELF_SIGNED|ISSUER|ALTNAME/.test(name) ? 'its certificate is not trusted' : 'the connection failed');
  return new (name in PASSING ? TemporaryError : LookupError)(`The request to ${host} failed: ${words} (${name}).`);
}
