import { Agent, IncomingMessage, request } from 'node:http';

const INITIALIZE = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'bench', version: '0' } };

export interface Target {
  readonly url: string;
  readonly token?: string;
}

/** The smallest client there can be, so that what is measured is the server. */
export class BenchClient {
  private readonly agent = new Agent({ keepAlive: true });
  private session: string | undefined;
  private next = 1;

  constructor(private readonly target: Target) {}

  public async begin(): Promise<void> {
    const answer = await this.post({ id: 0, method: 'initialize', params: INITIALIZE });
    const id = answer.headers['mcp-session-id'];
    this.session = typeof id === 'string' ? id : undefined;
    await this.post({ method: 'notifications/initialized' });
  }

  /** @throws unless the tool succeeded */
  public async call(name: string, args: object): Promise<void> {
    const id = this.next;
    this.next += 1;
    const { status, body } = await this.post({ id, method: 'tools/call', params: { name, arguments: args } });
    if (status !== 200 || !body.includes('"result"') || body.includes('"isError":true')) {
      throw new Error(`a call was answered with ${status}: ${body.slice(0, 300)}`);
    }
  }

  /** @throws unless the server says that it is alive */
  public async probe(): Promise<void> {
    const response = await fetch(new URL('/healthz', this.target.url));
    await response.text();
    if (!response.ok) {
      throw new Error(`/healthz was answered with ${response.status}`);
    }
  }

  public end(): void {
    this.agent.destroy();
  }

  private async post(
    message: object,
  ): Promise<{ readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: string }> {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    const headers: Record<string, string | number> = {
      'content-type': 'application/json',
      'accept': 'application/json, text/event-stream',
      'content-length': Buffer.byteLength(body),
      ...(this.target.token === undefined ? {} : { authorization: `Bearer ${this.target.token}` }),
      ...(this.session === undefined ? {} : { 'mcp-session-id': this.session, 'mcp-protocol-version': '2025-06-18' }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(this.target.url, { method: 'POST', agent: this.agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      });
      sent.on('error', reject);
      sent.setTimeout(10_000, () => sent.destroy(new Error('no answer within 10 s')));
      sent.end(body);
    });
  }
}
