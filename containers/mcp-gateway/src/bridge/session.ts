import { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { BrokenError, Channel, NotSentError, readBody } from './http';
import { isAnswerTo, Message, mirroredHeaders, ownRevision, parseMessage, Request } from './json-rpc';
import { serverEvents } from './sse';
import { TokenFile } from './token-file';

export interface SessionOptions {
  readonly channel: Channel;
  readonly token: TokenFile | undefined;
  /** How long the gateway may send nothing while a request runs. */
  readonly idleTimeoutMs: number;
  /** How long to retry while the gateway cannot be reached. */
  readonly retryMs: number;
  readonly maxAnswerBytes: number;
  /** Writes one message to the client: text without a line end. */
  readonly deliver: (text: string) => void;
  readonly log: (text: string) => void;
}

/** The result of `initialize`, in the revisions that have it. */
interface Handshake {
  readonly initialize: Request;
  readonly revision: string;
  readonly sessionId: string | undefined;
  readonly announcesTools: boolean;
}

/** Requests that change nothing and may be sent twice. Never a tool call, even if the tool claims to be read-only. */
const REPEATABLE: ReadonlySet<string> = new Set([
  'initialize',
  'ping',
  'server/discover',
  'tools/list',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'prompts/list',
  'prompts/get',
]);

const INITIALIZED = { jsonrpc: '2.0', method: 'notifications/initialized' };
const LISTEN_PAUSE_MS = 1_000;
const END_TIMEOUT_MS = 500;

/** A session with the gateway. When the gateway forgets it, a new one is opened without the client seeing it. */
export class Session {
  private handshake: Handshake | undefined;
  private renewal: Promise<void> | undefined;
  private listening = new AbortController();
  private renewals = 0;

  constructor(private readonly options: SessionOptions) {}

  /**
   * Sends a request and delivers its answer, and the messages before it.
   *
   * @param text the request as the client wrote it; it is passed on unchanged
   * @throws when there is no answer
   */
  public async request(request: Request, text: string, signal: AbortSignal): Promise<void> {
    const handshake = this.handshake;
    const response = await this.post(request, text, signal);
    if (isLost(response, handshake, request)) {
      response.resume();
      // The gateway does not know the session and ran nothing: the request can be sent again, once.
      await this.renew(handshake, signal);
      await this.answer(request, await this.post(request, text, signal));
      return;
    }
    await this.answer(request, response);
  }

  /** Sends a notification, or the client's answer to the gateway. */
  public async notify(message: Message, text: string, signal: AbortSignal): Promise<void> {
    const handshake = this.handshake;
    const response = await this.post(message, text, signal);
    response.resume();
    const status = response.statusCode ?? 0;
    if (isLost(response, handshake, message) && message.method !== 'notifications/cancelled') {
      await this.renew(handshake, signal);
    } else if (status >= 300) {
      this.options.log(`the gateway answered a notification with ${status}`);
    }
    if (message.method === 'notifications/initialized' && status < 300) {
      void this.listen();
    }
  }

  /** Ends the gateway's session, if it has one. */
  public async end(): Promise<void> {
    this.listening.abort();
    const handshake = this.handshake;
    this.handshake = undefined;
    if (handshake?.sessionId !== undefined) {
      try {
        const signal = AbortSignal.timeout(END_TIMEOUT_MS);
        const headers = { ...this.authorization(), ...handshakeHeaders(handshake) };
        (
          await this.options.channel.send('DELETE', headers, undefined, { signal, idleTimeoutMs: END_TIMEOUT_MS })
        ).resume();
      } catch {
        // The gateway drops an unused session by itself.
      }
    }
  }

  private async post(message: Message, body: string, signal: AbortSignal): Promise<IncomingMessage> {
    const send = async (): Promise<IncomingMessage> => {
      const headers = {
        ...this.authorization(),
        'content-type': 'application/json',
        'accept': 'application/json, text/event-stream',
        ...(message.method === 'initialize' || ownRevision(message) !== undefined
          ? {}
          : handshakeHeaders(this.handshake)),
        ...mirroredHeaders(message),
      };
      return this.options.channel.send('POST', headers, body, { signal, idleTimeoutMs: this.options.idleTimeoutMs });
    };
    const repeatable = REPEATABLE.has(message.method ?? '');
    const response = await this.sendWithRetry(send, repeatable, signal);
    if (response.statusCode === 401 && this.options.token?.refresh() === true) {
      response.resume();
      return this.sendWithRetry(send, repeatable, signal);
    }
    return response;
  }

  /**
   * Retries while the request cannot reach the gateway, which may be starting. Retries once after a broken connection
   * if sending the request twice changes nothing.
   */
  private async sendWithRetry(
    send: () => Promise<IncomingMessage>,
    repeatable: boolean,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const giveUpAt = performance.now() + this.options.retryMs;
    let repeats = repeatable ? 1 : 0;
    // Lets the agent notice connections that the gateway has closed.
    await new Promise((resolve) => setImmediate(resolve));
    for (let pause = 50; ; pause = Math.min(pause * 2, 1_000)) {
      try {
        return await send();
      } catch (error) {
        const again = error instanceof NotSentError || (error instanceof BrokenError && repeats-- > 0);
        if (!again || signal.aborted || performance.now() + pause > giveUpAt) {
          throw error;
        }
        await sleep(pause, undefined, { signal });
      }
    }
  }

  private async answer(request: Request, response: IncomingMessage): Promise<void> {
    const status = response.statusCode ?? 0;
    if (status >= 300 && status < 400) {
      response.resume();
      throw new Error(
        `the gateway answered with a redirect (${status}), which is not followed; pass its target as --url`,
      );
    }
    let answered = false;
    await this.messages(response, (text, message) => {
      if (isAnswerTo(request, message)) {
        answered = true;
        this.storeHandshake(request, message, response);
        this.options.deliver(text);
      } else if (status >= 400 && message.error !== undefined) {
        answered = true;
        this.options.deliver(JSON.stringify({ ...message, id: request.id }));
      } else if (status < 300) {
        this.options.deliver(text);
      }
    });
    if (!answered) {
      throw new Error(
        status === 401
          ? 'the gateway does not accept the token of the token file'
          : `the gateway gave no answer (HTTP status ${status})`,
      );
    }
  }

  private async messages(response: IncomingMessage, take: (text: string, message: Message) => void): Promise<void> {
    const type = (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
    try {
      if (type === 'text/event-stream') {
        for await (const { data } of serverEvents(response, this.options.maxAnswerBytes)) {
          takeOne(data, take);
        }
      } else {
        const body = await readBody(response, this.options.maxAnswerBytes);
        if (type === 'application/json') {
          takeOne(body, take);
        }
      }
    } catch (error) {
      throw error instanceof Error && 'code' in error ? new BrokenError(error.message, { cause: error }) : error;
    }
  }

  private storeHandshake(request: Request, answer: Message, response: IncomingMessage): void {
    if (request.method !== 'initialize' || answer.result === undefined) {
      return;
    }
    const sessionId = response.headers['mcp-session-id'];
    const { protocolVersion, capabilities } = answer.result as {
      protocolVersion?: string;
      capabilities?: { tools?: { listChanged?: boolean } };
    };
    this.handshake = {
      initialize: request,
      revision: protocolVersion ?? '',
      sessionId: typeof sessionId === 'string' ? sessionId : undefined,
      announcesTools: capabilities?.tools?.listChanged === true,
    };
  }

  /**
   * Opens a new session if the gateway has lost the old one. Requests that notice it at the same time share one
   * renewal.
   */
  private async renew(lost: Handshake | undefined, signal: AbortSignal): Promise<void> {
    if (lost === undefined || this.handshake !== lost) {
      return;
    }
    this.renewal ??= this.renewNow(lost, signal).finally(() => {
      this.renewal = undefined;
    });
    await this.renewal;
  }

  private async renewNow(lost: Handshake, signal: AbortSignal): Promise<void> {
    this.listening.abort();
    this.renewals += 1;
    const initialize: Request = { ...lost.initialize, id: `bridge-${this.renewals}` };
    const response = await this.post(initialize, JSON.stringify(initialize), signal);
    let failure: string | undefined = `no answer (HTTP status ${response.statusCode ?? 0})`;
    await this.messages(response, (_text, message) => {
      if (isAnswerTo(initialize, message)) {
        failure = message.error === undefined ? undefined : (message.error.message ?? 'an error');
        this.storeHandshake(initialize, message, response);
      }
    });
    if (failure === undefined && this.handshake?.revision !== lost.revision) {
      failure = `it now speaks protocol revision ${this.handshake?.revision ?? 'none'} instead of ${lost.revision}; ` +
        'start the client again';
    }
    if (failure !== undefined) {
      this.handshake = lost;
      throw new Error(`the gateway has restarted, and no new session could be opened: ${failure}`);
    }
    this.options.log('the gateway has lost the session; a new one was opened');
    await this.notify(INITIALIZED, JSON.stringify(INITIALIZED), signal);
    if (lost.announcesTools) {
      this.options.deliver(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' }));
    }
  }

  /** Listens for messages without a request. A gateway that sends none answers 405, which ends this. */
  private async listen(): Promise<void> {
    this.listening.abort();
    const listening = new AbortController();
    this.listening = listening;
    const { signal } = listening;
    let lastEventId: string | undefined;
    while (!signal.aborted) {
      try {
        const headers = {
          ...this.authorization(),
          accept: 'text/event-stream',
          ...handshakeHeaders(this.handshake),
          ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
        };
        const response = await this.options.channel.send('GET', headers, undefined, {
          signal,
          idleTimeoutMs: 2 ** 31 - 1,
        });
        if (response.statusCode !== 200) {
          response.resume();
          return;
        }
        for await (const { id, data } of serverEvents(response, this.options.maxAnswerBytes)) {
          lastEventId = id ?? lastEventId;
          takeOne(data, (text) => this.options.deliver(text));
        }
      } catch {
        // The next request reports the problem.
      }
      await sleep(LISTEN_PAUSE_MS, undefined, { ref: false, signal }).catch(() => undefined);
    }
  }

  private authorization(): Record<string, string> {
    return this.options.token === undefined ? {} : { authorization: this.options.token.authorization };
  }
}

function handshakeHeaders(handshake: Handshake | undefined): Record<string, string> {
  return {
    ...(handshake === undefined || handshake.revision === '' ? {} : { 'mcp-protocol-version': handshake.revision }),
    ...(handshake?.sessionId === undefined ? {} : { 'mcp-session-id': handshake.sessionId }),
  };
}

/** Whether the gateway does not know the session of the message: 404 by the specification. */
function isLost(response: IncomingMessage, handshake: Handshake | undefined, message: Message): boolean {
  const named =
    handshake?.sessionId !== undefined && message.method !== 'initialize' && ownRevision(message) === undefined;
  return named && response.statusCode === 404;
}

function takeOne(text: string, take: (text: string, message: Message) => void): void {
  const message = parseMessage(text);
  if (message !== undefined) {
    // A message is one line for the client, whatever the gateway's JSON looks like.
    take(/[\r\n]/.test(text) ? JSON.stringify(message) : text.trim(), message);
  }
}
