import { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ReadableStream } from 'node:stream/web';

/**
 * A request in the form the SDK takes, without its body, which was read and parsed already, and without its token,
 * which has done its work.
 *
 * @param signal fires when the client is gone
 */
export function webRequest(req: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    if (value !== undefined && name !== 'authorization' && name !== 'content-length') {
      headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    }
  }
  // Host was judged, and stands among the headers; in the address it could only make one that cannot be read
  return new Request(`http://localhost${req.url ?? '/'}`, { method: req.method, headers, signal });
}

/** Writes the SDK's answer; a client that goes away in between ends it. */
export async function writeResponse(res: ServerResponse, response: Response): Promise<void> {
  if (res.destroyed) {
    await response.body?.cancel();
    return;
  }
  // whether the connection is kept is between Node and the client
  response.headers.delete('connection');
  res.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) {
    res.end();
    return;
  }
  // a stream of events may be silent for a long time
  res.flushHeaders();
  await pipeline(Readable.fromWeb(response.body as ReadableStream), res).catch(() => undefined);
}
