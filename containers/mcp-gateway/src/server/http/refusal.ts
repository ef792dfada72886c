import { ServerResponse } from 'node:http';

/** A request that is answered before it becomes a message of the protocol. */
export class Refusal extends Error {
  /**
   * @param rule for metrics and audit
   * @param message for the client: constant, so that it reveals nothing that the client did not send
   */
  constructor(
    public readonly status: number,
    public readonly rule: string,
    message: string,
    public readonly options: {
      readonly code?: number;
      readonly id?: string | number;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

/** Codes of JSON-RPC, and -32000 for what only HTTP knows. */
export const Code = { parseError: -32700, invalidRequest: -32600, invalidParams: -32602, transport: -32000 } as const;

/** A refusal as a JSON-RPC error: no HTML, no stack, nothing of the request but its id. */
export function refusalBody({ message, options }: Refusal): string {
  const { code = Code.transport, id = null } = options;
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } });
}

export function answerRefusal(res: ServerResponse, refusal: Refusal): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const { headers = {} } = refusal.options;
  const body = refusalBody(refusal);
  const unread = !res.req.complete;
  res.writeHead(refusal.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
    ...(unread ? { connection: 'close' } : {}),
  });
  if (unread) {
    res.write(body);
    discardRest(res);
  } else {
    res.end(body);
  }
}

const DISCARD_BYTES = 16 * 1024 * 1024;
const DISCARD_MS = 500;

/**
 * Closes a connection whose request was answered before all of it came. What still comes is read and thrown away for a
 * moment: closing at once would reset the connection, and the client would never see the answer.
 */
function discardRest(res: ServerResponse): void {
  const { req } = res;
  let left = DISCARD_BYTES;
  const end = (): void => {
    clearTimeout(timer);
    req.off('data', onData).off('end', end);
    res.end();
  };
  const onData = (chunk: Buffer): void => {
    left -= chunk.length;
    if (left < 0) {
      end();
    }
  };
  const timer = setTimeout(end, DISCARD_MS);
  res.on('close', () => clearTimeout(timer));
  req.on('error', () => undefined);
  req.on('data', onData).on('end', end).resume();
}
