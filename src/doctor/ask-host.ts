import type { IncomingMessage, RequestOptions } from 'node:http';

/** How a server on this machine answered. */
export type HttpAnswer =
  | { readonly kind: 'json'; readonly value: unknown }
  /** It gave no answer that could be used, and why. */
  | { readonly kind: 'none'; readonly silent: boolean; readonly reason: string };

/** Never a name: what answers is this machine, whatever its resolver says. */
const LOOPBACK = '127.0.0.1';
const MILLISECONDS = 3_000;
const MOST_BYTES = 4 * 1024 * 1024;

/** Asks a server on the loopback for JSON, for a bounded time and with a bounded answer; follows no redirection. Never throws. */
export function askHost(port: number, path: string, body?: object, milliseconds = MILLISECONDS): Promise<HttpAnswer> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- nobody pays for it who asks no server
  const { request } = require('node:http') as typeof import('node:http');
  return new Promise((resolve) => {
    const none = (reason: string, silent = false) => resolve({ kind: 'none', silent, reason });
    const call = request(optionsOf(port, path, body), (response) => {
      collect(response).then((text) => (text === undefined ? none('its answer is too long') : resolve(judge(response, text))), () => none('its answer breaks off'))
        .finally(() => call.destroy());
    });
    const timer = setTimeout(() => {
      none(`it does not answer within ${milliseconds / 1000} s`);
      call.destroy();
    }, milliseconds);
    call.once('close', () => clearTimeout(timer));
    call.once('error', ({ code }: NodeJS.ErrnoException) => none(code === 'ECONNREFUSED' ? 'nothing listens there' : `it does not speak HTTP (${code})`, code === 'ECONNREFUSED'));
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function optionsOf(port: number, path: string, body: object | undefined): RequestOptions {
  const headers = { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) };
  return { host: LOOPBACK, port, path, method: body === undefined ? 'GET' : 'POST', headers, agent: false };
}

/** Undefined when it is too long. */
async function collect(response: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function judge({ statusCode }: IncomingMessage, text: string): HttpAnswer {
  if (statusCode !== 200) return { kind: 'none', silent: false, reason: `it answers with the HTTP status ${statusCode}` };
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'none', silent: false, reason: 'its answer is not JSON' };
  }
}
