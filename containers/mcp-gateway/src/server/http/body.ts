import { IncomingMessage } from 'node:http';
import { headerValues } from './headers';
import { Code, Refusal } from './refusal';

const JSON_TYPE = /^application\/json *(?:; *charset *= *"?utf-8"? *)?$/i;

/** What is told without reading the body. @throws Refusal */
export function checkBodyHeaders(req: IncomingMessage, maxBytes: number): void {
  const types = headerValues(req, 'content-type');
  if (types.length !== 1 || !JSON_TYPE.test(types[0]!)) {
    throw new Refusal(415, 'media-type', 'Content-Type must be application/json');
  }
  if (headerValues(req, 'content-encoding').some((encoding) => encoding.toLowerCase() !== 'identity')) {
    throw new Refusal(415, 'content-encoding', 'A compressed body is not accepted; send it as it is', { headers: { 'accept-encoding': 'identity' } });
  }
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) {
    throw tooLarge(maxBytes);
  }
}

/**
 * Reads a body as UTF-8 text, and not a byte past the limit.
 *
 * @throws Refusal
 */
export async function readBody(req: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req) {
    bytes += (chunk as Buffer).length;
    if (bytes > maxBytes) {
      throw tooLarge(maxBytes);
    }
    chunks.push(chunk as Buffer);
  }
  try {
    // a byte order mark is kept, and is then no JSON
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new Refusal(400, 'not-json', 'The body is not UTF-8 text', { code: Code.parseError });
  }
}

/** Invalid params rather than a transport code: arguments that are too large are what makes a body too large. */
function tooLarge(maxBytes: number): Refusal {
  return new Refusal(413, 'body-too-large', `The body is larger than ${maxBytes} bytes`, { code: Code.invalidParams, headers: { connection: 'close' } });
}
