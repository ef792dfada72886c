import { isLoopback } from './image-address';
import { LookupError, PassingError } from './lookup-error';

/** How long to wait, and how often to try. */
export interface Patience {
  /** For one request with its redirects, in milliseconds. */
  readonly timeout: number;
  /** How often a request is sent at most. */
  readonly attempts: number;
  pause(milliseconds: number): Promise<void>;
}

export interface Question {
  readonly method: 'GET' | 'HEAD';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Longest body that is read, in bytes. */
  readonly most: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Empty unless the status is 200. */
  readonly body: Buffer;
  /** Where the last redirect led. */
  readonly url: URL;
}

const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Sends a request once and follows redirects, without credentials to any other host.
 *
 * @throws LookupError when nothing usable comes back; a PassingError when that may change.
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
  throw new LookupError(`${question.url.host} redirects without end.`);
}

/** Whether a registry may send us there: encrypted, or to this machine when the registry itself runs on it. */
export function isTrustworthy(url: URL, from: URL): boolean {
  const isPrivate =
    url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url) && from.protocol === 'http:');
  return isPrivate && url.username === '' && url.password === '';
}

function redirectFrom(url: URL, location: string | null): URL {
  const next = location !== null && URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  if (next === undefined || !isTrustworthy(next, url)) {
    throw new LookupError(`${url.host} redirects to a place that is not to be trusted.`);
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
    if (length > most) { throw new LookupError(`${host} answers with more than ${most / 1024 / 1024} MiB.`); }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What passes: it is worth another try. */
const PASSING: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'it refuses the connection',
  ECONNRESET: 'it broke the connection off',
  EPIPE: 'it broke the connection off',
  UND_ERR_SOCKET: 'it broke the connection off',
  ETIMEDOUT: 'it does not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'it does not answer in time',
  UND_ERR_BODY_TIMEOUT: 'it does not answer in time',
  EAI_AGAIN: 'its name cannot be resolved now',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
};

const LASTING: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no host of that name',
  EPROTO: 'it does not speak TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
};

function networkError(host: string, error: unknown): LookupError {
  if ((error as Error).name === 'TimeoutError') {
    return new PassingError(`${host} cannot be asked: it does not answer in time.`);
  }
  const { code } = ((error as Error).cause ?? error) as { code?: unknown };
  const name = typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'no answer in HTTP';
  const words =
    PASSING[name] ??
    LASTING[name] ??
    (/CERT|SELF_SIGNED|ISSUER|ALTNAME/.test(name) ? 'its certificate is not trusted here' : 'the connection failed');
  return new (name in PASSING ? PassingError : LookupError)(`${host} cannot be asked: ${words} (${name}).`);
}
