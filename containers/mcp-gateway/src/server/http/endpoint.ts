import { IncomingMessage, ServerResponse } from 'node:http';
import { AuthInfo, McpHttpHandler, createMcpHandler, isLegacyRequest } from '@modelcontextprotocol/server';
import { HttpSettings } from '../../manifest/defaults';
import { Logger } from '../../operations/log';
import { ServerFactory } from '../mcp-server';
import { Message } from './message';
import { Refusal } from './refusal';
import { Sessions } from './sessions';
import { webRequest, writeResponse } from './web';

/** Serves both eras of the protocol: self-contained requests (2026-07-28), and sessions (before). */
export class McpEndpoint {
  public readonly sessions: Sessions;
  private readonly modern: McpHttpHandler;

  constructor(factory: ServerFactory, settings: HttpSettings, log: Logger) {
    this.sessions = new Sessions(factory, settings);
    this.modern = createMcpHandler(({ authInfo }) => factory(clientOf(authInfo)), {
      legacy: 'reject',
      maxSubscriptions: settings.maxSessions,
      onerror: (error) => log.debug({ err: error }, 'a request was refused by the protocol'),
    });
  }

  /**
   * @param message the body of a POST
   * @throws Refusal
   */
  public async serve(
    req: IncomingMessage,
    res: ServerResponse,
    client: string,
    message: Message | undefined,
  ): Promise<void> {
    const gone = new AbortController();
    res.on('close', () => gone.abort());
    const request = webRequest(req, gone.signal);
    if (message === undefined && !request.headers.has('mcp-session-id')) {
      throw new Refusal(405, 'method', 'GET and DELETE are for sessions; send a POST', { headers: { allow: 'POST' } });
    }
    if (message !== undefined && !(await isLegacyRequest(request, message))) {
      await writeResponse(res, await this.modern.fetch(request, { authInfo: authInfoOf(client), parsedBody: message }));
      return;
    }
    const { response, done } = await this.sessions.serve(request, client, message);
    try {
      await writeResponse(res, response);
    } finally {
      done();
    }
  }

  public async close(): Promise<void> {
    await Promise.all([this.modern.close(), this.sessions.close()]);
  }
}

/** Carries the client's name through the SDK; its token stays behind. */
function authInfoOf(client: string): AuthInfo {
  return { token: '', clientId: client, scopes: [] };
}

function clientOf(authInfo: AuthInfo | undefined): string {
  if (authInfo === undefined) {
    throw new Error('a request reached the protocol without a client');
  }
  return authInfo.clientId;
}
