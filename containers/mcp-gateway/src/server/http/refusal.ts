import { ServerResponse } from 'node:http';

/** A request that is answered before it becomes a message of the protocol. */
export class Refusal extends Error {
  /**
   * @param rule for metrics and audit
   * @param message for the client: constant, so that it tells nothing the client did not say
   */
  public constructor(
    public readonly status: number,
    public readonly rule: string,
    message: string,
    public readonly options: { readonly code?: number; readonly id?: string | number; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

/** Codes of JSON-RPC, and -32000 for what only HTTP knows. */
export const Code = { parseError: -32700, invalidRequest: -32600, invalidParams: -32602, transport: -32000 } as const;

/** Writes a refusal as a JSON-RPC error: no HTML, no stack, nothing of the request but its id. */
export function answerRefusal(res: ServerResponse, refusal: Refusal): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const { code = Code.transport, id = null, headers = {} } = refusal.options;
  res.writeHead(refusal.status, { 'content-type': 'application/json', ...headers });
  res.end(JSON.stringify({ jsonrpc: '2.0', id, error: { code, message: refusal.message } }));
}
