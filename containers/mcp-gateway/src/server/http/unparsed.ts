import { STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import { Code, Refusal, refusalBody } from './refusal';

/** Maps Node's parse error to a refusal; undefined when the connection is gone. */
export function notHttp({ code }: NodeJS.ErrnoException): Refusal | undefined {
  switch (code) {
    case 'ECONNRESET':
    case 'EPIPE':
      return undefined;
    case 'HPE_HEADER_OVERFLOW':
      return new Refusal(431, 'headers-too-large', 'The headers are too large');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new Refusal(413, 'body-too-large', 'The chunk extensions are too large', { code: Code.invalidParams });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Refusal(408, 'too-slow', 'The request took too long to arrive');
    default:
      return new Refusal(400, 'not-http', 'The request is not HTTP/1.1');
  }
}

/** Writes a refusal where there is no response to write it to, and closes the connection. */
export function refuseOnSocket(socket: Socket, refusal: Refusal): void {
  const body = refusalBody(refusal);
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`,
    'Content-Type: application/json',
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
