import { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Broken, Channel, NotSent, readBody } from './http';
import { isAnswerTo, Message, mirroredHeaders, ownRevision, parseMessage, Request } from './json-rpc';
import { serverEvents } from './sse';
import { TokenFile } from './token-file';

export interface SessionOptions {
  readonly channel: Channel;
  readonly token: TokenFile | undefined;
  /** How long the gateway may send nothing while a request runs. */
  readonly silentMs: number;
  /** How long a gateway that cannot be reached is asked again. */
  readonly patienceMs: number;
  readonly maxAnswerBytes: number;
  /** One message for the client, as text without a line end. */
  readonly deliver: (text: string) => void;
  readonly log: (text: string) => void;
}

/** What was agreed on in `initialize`, in the revisions that have it. */
interface Agreement {
  readonly initialize: Request;
  readonly revision: string;
  readonly sessionId: string | undefined;
  readonly announcesTools: boolean;
}

/** Requests that change nothing. A tool call is not among them, whatever the tool says of itself. */
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
const SHORT_MS = 500;

/** A conversation with the gateway that outlives the gateway's own sessions. */
export class Session {
  private agreement: Agreement | undefined;
  private renewal: Promise<void> | undefined;
  private listening = new AbortController();
  private renewals = 0;

  constructor(private readonly options: SessionOptions) {}

  /**
   * Sends a request and delivers its answer, and whatever comes before it.
   *
   * @param text the request as the client wrote it; it is passed on as it is
   * @throws when there is no answer
   */
  public async request(request: Request, text: string, signal: AbortSignal): Promise<void> {
    const agreed = this.agreement;
    const response = await this.post(request, text, signal);
    if (isLost(response, agreed, request)) {
      response.resume();
      // The gateway does not know the session and carried nothing out: it can be asked again, once.
      await this.renew(agreed, signal);
      await this.answer(request, await this.post(request, text, signal));
      return;
    }
    await this.answer(request, response);
  }

  /** Sends a notification, or the client's answer to the gateway. */
  public async notify(message: Message, text: string, signal: AbortSignal): Promise<void> {
    const agreed = this.agreement;
    const response = await this.post(message, text, signal);
    response.resume();
    const status = response.statusCode ?? 0;
    if (isLost(response, agreed, message) && message.method !== 'notifications/cancelled') {
      await this.renew(agreed, signal);
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
    const agreed = this.agreement;
    this.agreement = undefined;
    if (agreed?.sessionId !== undefined) {
      try {
        const signal = AbortSignal.timeout(SHORT_MS);
        const headers = { ...this.authorization(), ...agreementHeaders(agreed) };
        (await this.options.channel.send('DELETE', headers, undefined, { signal, silentMs: SHORT_MS })).resume();
      } catch {
        // A session nobody uses ends by itself.
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
          : agreementHeaders(this.agreement)),
        ...mirroredHeaders(message),
      };
      return this.options.channel.send('POST', headers, body, { signal, silentMs: this.options.silentMs });
    };
    const repeatable = REPEATABLE.has(message.method ?? '');
    const response = await this.patiently(send, repeatable, signal);
    if (response.statusCode === 401 && this.options.token?.refresh() === true) {
      response.resume();
      return this.patiently(send, repeatable, signal);
    }
    return response;
  }

  /**
   * Asks again while the request did not reach the gateway, which may be starting; once more when asking twice changes
   * nothing.
   */
  private async patiently(
    send: () => Promise<IncomingMessage>,
    repeatable: boolean,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const giveUpAt = performance.now() + this.options.patienceMs;
    let repeats = repeatable ? 1 : 0;
    // A connection that the gateway closed meanwhile is taken note of first.
    await new Promise((resolve) => setImmediate(resolve));
    for (let pause = 50; ; pause = Math.min(pause * 2, 1_000)) {
      try {
        return await send();
      } catch (error) {
        const again = error instanceof NotSent || (error instanceof Broken && repeats-- > 0);
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
        `the gateway answered with a redirect (${status}), which is not followed; give the bridge the address it ` +
        'leads to',
      );
    }
    let answered = false;
    await this.messages(response, (text, message) => {
      if (isAnswerTo(request, message)) {
        answered = true;
        this.agree(request, message, response);
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
      throw error instanceof Error && 'code' in error ? new Broken(error.message, { cause: error }) : error;
    }
  }

  private agree(request: Request, answer: Message, response: IncomingMessage): void {
    if (request.method !== 'initialize' || answer.result === undefined) {
      return;
    }
    const sessionId = response.headers['mcp-session-id'];
    const { protocolVersion, capabilities } = answer.result as {
      protocolVersion?: string;
      capabilities?: { tools?: { listChanged?: boolean } };
    };
    this.agreement = {
      initialize: request,
      revision: protocolVersion ?? '',
      sessionId: typeof sessionId === 'string' ? sessionId : undefined,
      announcesTools: capabilities?.tools?.listChanged === true,
    };
  }

  /**
   * Agrees again with a gateway that has forgotten the session. Requests that find out at the same time share one
   * renewal.
   */
  private async renew(lost: Agreement | undefined, signal: AbortSignal): Promise<void> {
    if (lost === undefined || this.agreement !== lost) {
      return;
    }
    this.renewal ??= this.renewNow(lost, signal).finally(() => {
      this.renewal = undefined;
    });
    await this.renewal;
  }

  private async renewNow(lost: Agreement, signal: AbortSignal): Promise<void> {
    this.listening.abort();
    this.renewals += 1;
    const initialize: Request = { ...lost.initialize, id: `bridge-${this.renewals}` };
    const response = await this.post(initialize, JSON.stringify(initialize), signal);
    let failure: string | undefined = `no answer (HTTP status ${response.statusCode ?? 0})`;
    await this.messages(response, (_text, message) => {
      if (isAnswerTo(initialize, message)) {
        failure = message.error === undefined ? undefined : (message.error.message ?? 'an error');
        this.agree(initialize, message, response);
      }
    });
    if (failure === undefined && this.agreement?.revision !== lost.revision) {
      failure = `it now speaks protocol revision ${this.agreement?.revision ?? 'none'} instead of ${lost.revision}; ` +
        'start the client again';
    }
    if (failure !== undefined) {
      this.agreement = lost;
      throw new Error(`the gateway was started again and a session could not be opened: ${failure}`);
    }
    this.options.log('the gateway had forgotten the session; a new one was opened');
    await this.notify(INITIALIZED, JSON.stringify(INITIALIZED), signal);
    if (lost.announcesTools) {
      this.options.deliver(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' }));
    }
  }

  /** What the gateway says unasked. A gateway that has nothing to say answers 405, which ends this. */
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
          ...agreementHeaders(this.agreement),
          ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
        };
        const response = await this.options.channel.send('GET', headers, undefined, { signal, silentMs: 2 ** 31 - 1 });
        if (response.statusCode !== 200) {
          response.resume();
          return;
        }
        for await (const { id, data } of serverEvents(response, this.options.maxAnswerBytes)) {
          lastEventId = id ?? lastEventId;
          takeOne(data, (text) => this.options.deliver(text));
        }
      } catch {
        // The next request finds out what is the matter, and says so.
      }
      await sleep(LISTEN_PAUSE_MS, undefined, { ref: false, signal }).catch(() => undefined);
    }
  }

  private authorization(): Record<string, string> {
    return this.options.token === undefined ? {} : { authorization: this.options.token.authorization };
  }
}

function agreementHeaders(agreement: Agreement | undefined): Record<string, string> {
  return {
    ...(agreement === undefined || agreement.revision === '' ? {} : { 'mcp-protocol-version': agreement.revision }),
    ...(agreement?.sessionId === undefined ? {} : { 'mcp-session-id': agreement.sessionId }),
  };
}

/** Whether the gateway refused the message because it does not know the session it names: 404 by the specification. */
function isLost(response: IncomingMessage, agreed: Agreement | undefined, message: Message): boolean {
  const named =
    agreed?.sessionId !== undefined && message.method !== 'initialize' && ownRevision(message) === undefined;
  return named && response.statusCode === 404;
}

function takeOne(text: string, take: (text: string, message: Message) => void): void {
  const message = parseMessage(text);
  if (message !== undefined) {
    // A message is one line for the client, whatever the gateway's JSON looks like.
    take(/[\r\n]/.test(text) ? JSON.stringify(message) : text.trim(), message);
  }
}
