/** The parts of a JSON-RPC message that the bridge reads. The rest passes through unchanged. */
export interface Message {
  readonly id?: string | number | null;
  readonly method?: string;
  readonly params?: { readonly [name: string]: unknown };
  readonly result?: { readonly [name: string]: unknown };
  readonly error?: { readonly code?: number; readonly message?: string };
}

export interface Request extends Message {
  readonly id: string | number;
  readonly method: string;
}

export const PARSE_ERROR = -32700;
export const INVALID_REQUEST = -32600;
/** The gateway could not be reached, or its answer did not arrive. */
export const BRIDGE_ERROR = -32000;

/** @returns undefined for anything but a single message */
export function parseMessage(text: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isRequest(message: Message): message is Request {
  return typeof message.method === 'string' && (typeof message.id === 'string' || typeof message.id === 'number');
}

export function isAnswerTo(request: Request, message: Message): boolean {
  return message.method === undefined && message.id === request.id && ('result' in message || 'error' in message);
}

export function errorAnswer(id: string | number | null, code: number, message: string): string {
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } });
}

/**
 * The protocol revision a message names itself, as every request does since 2026-07-28. Undefined for the older ones,
 * which agree on it once in `initialize`.
 */
export function ownRevision(message: Message): string | undefined {
  const meta = message.params?._meta;
  const revision =
    typeof meta === 'object' && meta !== null
      ? (meta as Record<string, unknown>)['io.modelcontextprotocol/protocolVersion']
      : undefined;
  return typeof revision === 'string' ? revision : undefined;
}

/** Which parameter the header `Mcp-Name` repeats. */
const NAMED_BY: ReadonlyMap<string, string> = new Map([
  ['tools/call', 'name'],
  ['prompts/get', 'name'],
  ['resources/read', 'uri'],
  ['tasks/get', 'taskId'],
  ['tasks/update', 'taskId'],
  ['tasks/cancel', 'taskId'],
]);

/** The headers that repeat parts of the message, which revision 2026-07-28 asks for. */
export function mirroredHeaders(message: Message): Record<string, string> {
  const revision = ownRevision(message);
  if (revision === undefined || message.method === undefined) {
    return {};
  }
  const name = message.params?.[NAMED_BY.get(message.method) ?? ''];
  return {
    'mcp-protocol-version': headerText(revision),
    'mcp-method': headerText(message.method),
    ...(typeof name === 'string' ? { 'mcp-name': headerText(name) } : {}),
  };
}

/** What a header cannot hold as it is goes in base64 between marks. */
function headerText(text: string): string {
  const plain = /^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/.test(text) && !/^=\?base64\?.*\?=$/.test(text);
  return plain ? text : `=?base64?${Buffer.from(text, 'utf8').toString('base64')}?=`;
}
