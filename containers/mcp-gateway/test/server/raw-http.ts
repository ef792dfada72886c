import { connect } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The JSON-RPC message of the body, be it plain or the last event of a stream. */
  readonly message: { id?: unknown; result?: Record<string, unknown>; error?: { code: number; message: string } };
}

/** What a request is made of; every part may be something no client library would send. */
export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  /** A list is sent as that many headers; null leaves a default header out. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly body?: unknown;
  /** Bytes sent as they are instead of `body`. */
  readonly raw?: string | Buffer;
  /** Gives up after so long without a byte. @default 5000 */
  readonly quietMs?: number;
}

export const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '0' } },
};

export async function send(
  port: number,
  { method = 'POST', path = '/mcp', headers = {}, body, raw, quietMs }: RawRequest,
): Promise<Answer> {
  const bytes = Buffer.from(raw ?? (body === undefined ? '' : JSON.stringify(body)));
  const all: Record<string, string | readonly string[] | null> = {
    'Host': `127.0.0.1:${port}`,
    'Accept': 'application/json, text/event-stream',
    'Content-Type': 'application/json',
    'Connection': 'close',
    'Content-Length': String(bytes.length),
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => [value ?? []].flat().map((each) => `${name}: ${each}`));
  return parse(
    await exchange(
      port,
      Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]),
      quietMs,
    ),
  );
}

/** Sends bytes and gives back what came until the connection was closed, or `ms` passed without a byte. */
export async function exchange(port: number, bytes: Buffer, ms = 5000): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.setTimeout(ms, () => socket.destroy());
    socket.on('data', (chunk) => chunks.push(chunk));
    // a server that refuses early resets the connection while the rest is still being sent
    socket.on('error', (error: NodeJS.ErrnoException) =>
      chunks.length > 0 || ['EPIPE', 'ECONNRESET'].includes(error.code ?? '') ? undefined : reject(error),
    );
    socket.on('close', () => resolve(Buffer.concat(chunks)));
    socket.write(bytes);
  });
}

export function parse(bytes: Buffer): Answer {
  const text = bytes.toString('utf8').replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const joined = rest.join('\r\n\r\n');
  const body =
    headers['transfer-encoding'] === 'chunked'
      ? joined.replace(/^[0-9a-f]+\r\n([\s\S]*?)\r\n(?=[0-9a-f]+\r\n)/gim, '$1').replace(/0\r\n\r\n$/, '')
      : joined;
  return { status: Number(statusLine.split(' ')[1] ?? 0), headers, body, message: messageOf(body) };
}

function messageOf(body: string): Answer['message'] {
  const data = [...body.matchAll(/^data: (.*)$/gm)].map((match) => match[1]!);
  try {
    return JSON.parse(data.at(-1) ?? body) as Answer['message'];
  } catch {
    return {};
  }
}
