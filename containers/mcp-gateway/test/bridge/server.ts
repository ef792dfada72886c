import { randomUUID } from 'node:crypto';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { createMcpHandler, McpServer, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { after } from './support';
import { webRequest, writeResponse } from '../../src/server/http/web';

export interface Seen {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface ServerOptions {
  readonly port?: number;
  /** Answers as JSON instead of a stream. */
  readonly json?: boolean;
  /** One handler for each request and no sessions, as revision 2026-07-28 has it. */
  readonly stateless?: boolean;
  readonly token?: () => string;
  /** Connections beyond these are closed. */
  readonly maxConnections?: number;
  /** Before MCP sees the request; true when it has been answered. */
  readonly intercept?: (request: Seen, response: ServerResponse) => boolean;
}

/** An MCP server made of the SDK alone, as the other side of the bridge. */
export class TestServer {
  public static async start(options: ServerOptions = {}): Promise<TestServer> {
    const server = new TestServer(options);
    await new Promise<void>((resolve, reject) =>
      server.http.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve),
    );
    after(async () => server.stop());
    return server;
  }

  public readonly seen: Seen[] = [];
  public calls = 0;
  public cancelled = 0;
  private readonly http: Server;
  private readonly sessions = new Map<string, WebStandardStreamableHTTPServerTransport>();
  private readonly handler = createMcpHandler(() => this.mcp());

  private constructor(private readonly options: ServerOptions) {
    this.http = createServer((request, response) => void this.handle(request, response));
    if (options.maxConnections !== undefined) {
      this.http.maxConnections = options.maxConnections;
    }
  }

  public get port(): number {
    return (this.http.address() as AddressInfo).port;
  }

  public get url(): string {
    return `http://127.0.0.1:${this.port}/mcp`;
  }

  public get sessionCount(): number {
    return this.sessions.size;
  }

  /** Says something unasked to every client that listens. */
  public async announce(): Promise<void> {
    for (const transport of this.sessions.values()) {
      await transport.send({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' });
    }
  }

  /** Forgets its sessions, as a restart does. */
  public async forget(): Promise<void> {
    await Promise.all([...this.sessions.values()].map(async (transport) => transport.close()));
    this.sessions.clear();
  }

  public async stop(): Promise<void> {
    await this.forget();
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) {
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks).toString('utf8');
    const seen = { method: request.method ?? '', headers: request.headers, body };
    this.seen.push(seen);
    if (this.options.intercept?.(seen, response) === true) {
      return;
    }
    if (this.options.token !== undefined && request.headers.authorization !== `Bearer ${this.options.token()}`) {
      response
        .writeHead(401, { 'content-type': 'application/json' })
        .end('{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"unauthorised"}}');
      return;
    }
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    await writeResponse(
      response,
      await this.answer(
        webRequest(request, gone.signal),
        body === '' ? {} : { parsedBody: JSON.parse(body) as unknown },
      ),
    );
  }

  private async answer(request: Request, options: { readonly parsedBody?: unknown }): Promise<Response> {
    if (this.options.stateless === true) {
      return this.handler.fetch(request, options);
    }
    const id = request.headers.get('mcp-session-id');
    const known = id === null ? undefined : this.sessions.get(id);
    if (known !== undefined) {
      return known.handleRequest(request, options);
    }
    if (id !== null) {
      return Response.json(
        { jsonrpc: '2.0', id: null, error: { code: -32001, message: 'unknown session' } },
        { status: 404 },
      );
    }
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      enableJsonResponse: this.options.json === true,
      onsessioninitialized: (session) => void this.sessions.set(session, transport),
      onsessionclosed: (session) => void this.sessions.delete(session),
    });
    await this.mcp().connect(transport);
    return transport.handleRequest(request, options);
  }

  private mcp(): McpServer {
    const server = new McpServer(
      { name: 'test', version: '1' },
      { capabilities: { tools: { listChanged: true }, logging: {} } },
    );
    server.registerTool('echo', { inputSchema: z.object({ text: z.string() }) }, ({ text }) => {
      this.calls += 1;
      return { content: [{ type: 'text', text }] };
    });
    server.registerTool('slow', { inputSchema: z.object({ ms: z.number() }) }, async ({ ms }, context) => {
      this.calls += 1;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        context.mcpReq.signal.addEventListener('abort', () => {
          this.cancelled += 1;
          clearTimeout(timer);
          resolve();
        });
      });
      return { content: [{ type: 'text', text: 'done' }] };
    });
    server.registerTool('chatty', { inputSchema: z.object({}) }, async (_args, context) => {
      await context.mcpReq.notify({ method: 'notifications/progress', params: { progressToken: 'p', progress: 1 } });
      return { content: [{ type: 'text', text: 'line 1\nline 2 \u2028 \u{1f600}' }] };
    });
    return server;
  }
}
