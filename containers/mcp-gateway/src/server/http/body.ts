import { IncomingMessage } from 'node:http';
import { headerValues } from './gate';
import { Code, Refusal } from './refusal';

const JSON_TYPE = /^application\/json *(?:; *charset *= *"?utf-8"? *)?$/i;

/** Checks the headers, before the body is read. @throws Refusal */
export function checkBodyHeaders(req: IncomingMessage, maxBytes: number): void {
  const types = headerValues(req, 'content-type');
  if (types.length !== 1 || !JSON_TYPE.test(types[0]!)) {
    throw new Refusal(415, 'media-type', 'Content-Type must be application/json');
  }
  if (headerValues(req, 'content-encoding').some((encoding) => encoding.toLowerCase() !== 'identity')) {
    throw new Refusal(415, 'content-encoding', 'A compressed body is not accepted; send it as it is', {
      headers: { 'accept-encoding': 'identity' },
    });
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
  const bytes = await collect(req, maxBytes);
  try {
    // a byte order mark is kept, and is then no JSON
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal(400, 'not-json', 'The body is not UTF-8 text', { code: Code.parseError });
  }
}

/** Not by iterating: leaving the loop early would destroy the connection before it was answered. */
async function collect(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const onData = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        req.off('data', onData).pause();
        reject(tooLarge(maxBytes));
        return;
      }
      chunks.push(chunk);
    };
    req.on('data', onData);
    req.on('end', () => resolve(Buffer.concat(chunks)));
    req.on('error', reject);
    req.on('close', () => reject(new Error('the client went away')));
  });
}

/** Invalid params rather than a transport code: arguments that are too large are what makes a body too large. */
function tooLarge(maxBytes: number): Refusal {
  return new Refusal(413, 'body-too-large', `The body is larger than ${maxBytes} bytes`, { code: Code.invalidParams });
}
