import { Agent as HttpAgent, IncomingMessage, request as httpRequest, RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** The request did not reach the gateway: it can be sent again without being carried out twice. */
export class NotSentError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`the gateway cannot be reached (${reason})`, options);
  }
}

/** The connection broke after the request was sent. */
export class BrokenError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(
      `the connection to the gateway broke, and the request may have been carried out (${reason})`,
      options,
    );
  }
}

export interface Channel {
  send(
    method: 'POST' | 'GET' | 'DELETE',
    headers: Record<string, string>,
    body: string | undefined,
    options: SendOptions,
  ): Promise<IncomingMessage>;
  close(): void;
}

export interface SendOptions {
  readonly signal: AbortSignal;
  /** How long the gateway may send nothing, the time until its answer begins included. */
  readonly idleTimeoutMs: number;
}

const CONNECT_MS = 5_000;
/**
 * Below the five seconds after which servers close what is idle, so that no request meets a connection that is just
 * being closed.
 */
const IDLE_MS = 4_000;
/**
 * More requests than these wait for each other here: fewer than the 64 connections that a gateway grants each client.
 */
const MAX_SOCKETS = 48;

/**
 * Node's own client, which follows no redirect. The agents are made here, so that no proxy from the environment and no
 * global setting applies: the token goes to the given address and nowhere else.
 */
export function openChannel(url: URL): Channel {
  const secure = url.protocol === 'https:';
  const agentOptions = { keepAlive: true, timeout: IDLE_MS, maxSockets: MAX_SOCKETS };
  const agent = secure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);
  const start = secure ? httpsRequest : httpRequest;
  return {
    send: async (method, headers, body, { signal, idleTimeoutMs }) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        const length: Record<string, string> =
          body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
        const options: RequestOptions = { method, agent, signal, headers: { ...headers, ...length } };
        const request = start(url, options);
        let connected = false;
        let connecting: NodeJS.Timeout | undefined;
        const idle = setTimeout(
          () => request.destroy(new Error(`no answer for ${idleTimeoutMs / 1000} s`)),
          idleTimeoutMs,
        );
        const done = (): void => {
          clearTimeout(connecting);
          clearTimeout(idle);
        };
        const isConnected = (): void => {
          connected = true;
          clearTimeout(connecting);
        };
        request.on('socket', (socket) => {
          if (request.reusedSocket) {
            isConnected();
          } else {
            connecting = setTimeout(
              () => request.destroy(new Error(`no connection within ${CONNECT_MS / 1000} s`)),
              CONNECT_MS,
            );
            socket.once(secure ? 'secureConnect' : 'connect', isConnected);
          }
        });
        request.on('close', done);
        request.on('error', (error) => {
          done();
          const text = describe(error);
          reject(connected ? new BrokenError(text, { cause: error }) : new NotSentError(text, { cause: error }));
        });
        request.on('response', (response) => {
          idle.refresh();
          response.on('data', () => idle.refresh());
          response.pause();
          resolve(response);
        });
        request.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** Reads a whole answer. @throws when it is longer than `maxBytes`, or ends early */
export async function readBody(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      response.destroy();
      throw new Error(`the answer is longer than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function describe(error: Error): string {
  // What connects to several addresses fails with an error of several errors and no message.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  return first instanceof Error
    ? first.message
    : error.message || ((error as NodeJS.ErrnoException).code ?? error.name);
}
