import { IncomingMessage } from 'node:http';

/** Every value of a header as it came: Node drops or joins repeated ones, and a repeated Host or token is an attack. */
export function headerValues(req: Pick<IncomingMessage, 'rawHeaders'>, name: string): string[] {
  return req.rawHeaders.flatMap((key, index) =>
    index % 2 === 0 && key.toLowerCase() === name ? [req.rawHeaders[index + 1]!] : [],
  );
}
