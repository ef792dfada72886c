import type { IncomingMessage, RequestOptions } from 'node:http';
import { lazy } from '../../util/lazy';

const http = lazy(() => require('node:http') as typeof import('node:http'));

/** The answer of a server. */
export type HttpAnswer =
  | { readonly kind: 'json'; readonly value: unknown }
  /** No usable answer: nothing listens, timeout, or another kind of server. */
  | { readonly kind: 'none'; readonly cause: 'refused' | 'timeout' | 'other'; readonly reason: string };

/** A server of this machine, by IP address, so that no resolver is involved. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Timeout in milliseconds. Loading a model takes seconds. */
const MILLISECONDS = 10_000;
const MOST_BYTES = 4 * 1024 * 1024;

/** Requests JSON with bounded time and size. Does not follow redirects. Never throws. */
export function askHost(
  address: Address,
  path: string,
  body?: object,
  milliseconds = MILLISECONDS,
): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    const none = (reason: string, cause: 'refused' | 'timeout' | 'other' = 'other') =>
      resolve({ kind: 'none', cause, reason });
    const call = http().request(optionsOf(address, path, body), (response) => {
      collect(response)
        .then(
          (text) => (text === undefined ? none('its answer is too long') : resolve(judge(response, text))),
          () => none('its answer is incomplete'),
        )
        .finally(() => call.destroy());
    });
    const timer = setTimeout(() => {
      none(`it does not answer within ${milliseconds / 1000} s`, 'timeout');
      call.destroy();
    }, milliseconds);
    call.once('close', () => clearTimeout(timer));
    call.once('error', ({ code }: NodeJS.ErrnoException) =>
      REFUSED.includes(code ?? '')
        ? none('nothing listens there', 'refused')
        : none(`it does not speak HTTP (${code})`),
    );
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const REFUSED: readonly string[] = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'];

function optionsOf({ host, port }: Address, path: string, body: object | undefined): RequestOptions {
  const headers = { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) };
  return { host, port, path, method: body === undefined ? 'GET' : 'POST', headers, agent: false };
}

/** Returns undefined if it is too long. */
async function collect(response: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BYTES) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function judge({ statusCode }: IncomingMessage, text: string): HttpAnswer {
  if (statusCode !== 200) {
    return { kind: 'none', cause: 'other', reason: `it answers with HTTP status ${statusCode}` };
  }
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'none', cause: 'other', reason: 'its answer is not JSON' };
  }
}
