import { IncomingMessage, Server, ServerResponse, createServer } from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import { AuditSink } from '../../audit/record';
import { HttpSettings } from '../../manifest/defaults';
import { Logger } from '../../operations/log';
import { Metrics } from '../../operations/metrics';
import { Readiness, readinessStatus } from '../../operations/readiness';
import { Credentials } from '../credentials';
import { Messages } from '../messages';
import { RefusalPace } from '../pace';
import { BearerCheck } from './bearer';
import { checkBodyHeaders, readBody } from './body';
import { Connections } from './connections';
import { McpEndpoint } from './endpoint';
import { isLoopback, Gate, headerValues } from './gate';
import { Message, parseMessage } from './message';
import { MessageTurns } from './message-turns';
import { Refusal, answerRefusal } from './refusal';
import { notHttp, refuseOnSocket } from './unparsed';

export interface HttpServerOptions {
  readonly settings: HttpSettings;
  readonly endpoint: McpEndpoint;
  readonly credentials: Credentials;
  readonly audit: AuditSink;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly log: Logger;
  readonly messages: Messages;
  readonly pace: RefusalPace;
  /** `/metrics` asks for no token although the gateway is reachable from other machines. @default false */
  readonly openMetrics?: boolean;
}

/** Rules about who a request comes from; the others are about what it holds. */
const AUTH_RULES: ReadonlySet<string> = new Set([
  'host',
  'host-malformed',
  'origin',
  'no-token',
  'bad-token',
  'too-many-bad-tokens',
  'session-of-another-client',
]);

/**
 * The HTTP server. Each request is checked in one order: path and method, Host, Origin, token, size, JSON, message,
 * session; only then does it reach the protocol.
 */
export class HttpServer {
  private readonly server: Server;
  private readonly gate: Gate;
  private readonly bearer: BearerCheck;
  /** The last answer that was begun on a connection. */
  private readonly answers = new WeakMap<Socket, ServerResponse>();
  private readonly connections: Connections;
  private readonly turns = new MessageTurns();
  private posts = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly options: HttpServerOptions) {
    this.gate = new Gate(options.settings);
    this.bearer = new BearerCheck(options.credentials);
    this.server = createServer(
      {
        maxHeaderSize: 16_384,
        headersTimeout: 10_000,
        requestTimeout: 20_000,
        keepAliveTimeout: 10_000,
        connectionsCheckingInterval: 2_000,
      },
      (req, res) => void this.handle(req, res),
    );
    this.connections = new Connections({
      clients: options.settings.clients,
      busy: (socket) => this.isAnswering(socket),
      expired: (socket) => this.refuseUnparsed(socket, new Refusal(408, 'too-slow', 'No request came in time')),
      displaced: (socket) => {
        options.metrics.refused('connections');
        socket.destroy();
      },
    });
    this.server.on('connection', (socket) => this.connections.add(socket));
    // "100 Continue" is sent only once the headers have passed
    this.server.on('checkContinue', (req, res) => void this.handle(req, res));
    this.server.on(
      'checkExpectation',
      (req, res) =>
        void this.refuse(req, res, new Refusal(417, 'expectation', 'Only Expect: 100-continue is known'), undefined),
    );
    this.server.on('connect', (_, socket: Socket) =>
      this.refuseUnparsed(socket, new Refusal(405, 'method', 'The method must be POST, GET or DELETE')),
    );
    this.server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) =>
      this.refuseUnparsed(socket, notHttp(error)),
    );
    options.metrics.gauge(
      'mcp_gateway_sessions',
      'Sessions of clients before 2026-07-28.',
      () => options.endpoint.sessions.size,
    );
  }

  /** @throws Error with the fix if the address cannot be bound */
  public async listen(): Promise<AddressInfo> {
    const { host, port } = this.options.settings;
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error: NodeJS.ErrnoException) => {
        reject(
          new Error(
            `cannot listen on ${host} port ${port} (${error.code ?? error.message}); choose another http.host or ` +
            'http.port, or end what uses it',
          ),
        );
      });
      // with a short queue a flood of connections delays others by a second, until TCP retransmits
      this.server.listen({ port, host: host.replace(/^\[|\]$/g, ''), backlog: 4096 }, resolve);
    });
    return this.server.address() as AddressInfo;
  }

  /** Takes no more requests; the ones under way go on. @returns when the last connection is closed */
  public async stopListening(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeIdleConnections();
    await closed;
  }

  /** @returns when no POST is waiting for its answer */
  public async answered(): Promise<void> {
    while (this.posts > 0) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  public cutConnections(): void {
    this.server.closeAllConnections();
  }

  private isAnswering(socket: Socket): boolean {
    return this.answers.get(socket)?.writableEnded === false;
  }

  private async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (this.isAnswering(req.socket)) {
      // pipelining lets one connection ask for any amount of work at once, and no client uses it
      this.options.metrics.refused('pipelining');
      req.socket.destroy();
      return;
    }
    this.answers.set(req.socket, res);
    res.setHeader('x-content-type-options', 'nosniff');
    res.setHeader('cache-control', 'no-store');
    const { shouldKeepAlive } = res;
    // one answer is all that a connection without a token gets
    res.shouldKeepAlive = shouldKeepAlive && this.connections.hasToken(req.socket);
    let client: string | undefined;
    try {
      switch ((req.url ?? '').split('?')[0]) {
        case this.options.settings.path:
          checkMethod(req, ['POST', 'GET', 'DELETE']);
          this.gate.check(req);
          client = this.identify(req);
          res.shouldKeepAlive = shouldKeepAlive;
          await this.counted(req, async () =>
            this.options.endpoint.serve(req, res, client!, await this.message(req, res, client!)),
          );
          break;
        case '/healthz':
          checkMethod(req, ['GET', 'HEAD']);
          answerJson(res, 200, { status: 'ok' });
          break;
        case '/readyz': {
          checkMethod(req, ['GET', 'HEAD']);
          const report = await this.options.readiness.report();
          answerJson(res, readinessStatus(report), report);
          break;
        }
        case '/metrics':
          checkMethod(req, ['GET', 'HEAD']);
          await this.metrics(req, res);
          break;
        default:
          throw new Refusal(404, 'path', 'There is nothing at this path');
      }
    } catch (error) {
      await this.refuse(req, res, error, client);
    }
  }

  /** @throws Refusal */
  private identify(req: IncomingMessage): string {
    const client = this.bearer.identify(req);
    this.connections.prove(req.socket, client);
    return client;
  }

  private async counted(req: IncomingMessage, task: () => Promise<void>): Promise<void> {
    const counts = req.method === 'POST' ? 1 : 0;
    this.posts += counts;
    try {
      await task();
    } finally {
      this.posts -= counts;
      if (this.posts === 0) {
        this.waiting.splice(0).forEach((resolve) => resolve());
      }
    }
  }

  private async message(req: IncomingMessage, res: ServerResponse, client: string): Promise<Message | undefined> {
    if (req.method !== 'POST') {
      return undefined;
    }
    const { maxBodyBytes } = this.options.settings;
    checkBodyHeaders(req, maxBodyBytes);
    if (req.headers.expect !== undefined) {
      res.writeContinue();
    }
    const body = await readBody(req, maxBodyBytes);
    await this.turns.next(client);
    const message = parseMessage(body);
    this.options.messages.admit(client, message, headerValues(req, 'mcp-session-id')[0]);
    return message;
  }

  private async metrics(req: IncomingMessage, res: ServerResponse): Promise<void> {
    this.gate.check(req);
    const { settings, metrics, openMetrics = false } = this.options;
    if (!openMetrics && !isLoopback(settings.host)) {
      this.identify(req);
    }
    res.writeHead(200, { 'content-type': metrics.contentType });
    res.end(await metrics.text());
  }

  private async refuse(
    req: IncomingMessage,
    res: ServerResponse,
    error: unknown,
    client: string | undefined,
  ): Promise<void> {
    if (!(error instanceof Refusal)) {
      // not req.destroyed: a request is that as soon as it was read
      if (res.destroyed) {
        return;
      }
      this.options.log.error({ err: error }, 'a request failed in a way it should not');
      answerRefusal(res, new Refusal(500, 'internal-error', 'Internal error', { code: -32603 }));
      return;
    }
    const { rule, status } = error;
    const remote = req.socket.remoteAddress;
    this.options.metrics.refused(rule);
    if (AUTH_RULES.has(rule)) {
      this.options.audit.count({ type: 'auth', outcome: 'denied', rule, ...(remote === undefined ? {} : { remote }) });
    } else if (client !== undefined && rule !== 'request-rate') {
      this.options.audit.count({
        type: 'input',
        outcome: 'denied',
        rule,
        transport: 'http',
        client,
        request: error.options.id,
      });
    }
    if (status === 429) {
      await this.options.pace.hold(client ?? remote ?? 'unknown');
    }
    answerRefusal(res, error);
  }

  /**
   * Handles bytes that are no request. A connection with an answer under way is closed: bytes in between would look
   * like the answer's.
   */
  private refuseUnparsed(socket: Socket, refusal: Refusal | undefined): void {
    const answer = this.answers.get(socket);
    if (refusal === undefined || !socket.writable || (answer?.headersSent === true && !answer.writableFinished)) {
      socket.destroy();
      return;
    }
    this.options.metrics.refused(refusal.rule);
    this.options.audit.count({ type: 'input', outcome: 'denied', rule: refusal.rule, transport: 'http' });
    refuseOnSocket(socket, refusal);
  }
}

function checkMethod(req: IncomingMessage, allowed: readonly string[]): void {
  if (!allowed.includes(req.method ?? '')) {
    throw new Refusal(405, 'method', `The method must be ${allowed.join(' or ')}`, {
      headers: { allow: allowed.join(', ') },
    });
  }
}

function answerJson(res: ServerResponse, status: number, value: object): void {
  const body = JSON.stringify(value);
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  res.end(body);
}
