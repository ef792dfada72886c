import { Code, Refusal } from './refusal';
import { StructureLimits, structureProblem } from '../../policy/structure';

/** A message of JSON-RPC 2.0 as MCP uses it. */
export interface Message {
  readonly jsonrpc: '2.0';
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

const LIMITS: StructureLimits = { depth: 32, elements: 5000 };
const MAX_ID_LENGTH = 256;

/**
 * The one parse there is: policy, audit and protocol all see the value it gives, so a key that stands twice means the
 * same to each of them.
 *
 * @throws Refusal
 */
export function parseMessage(text: string): Message {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(400, 'not-json', 'The body is not JSON', { code: Code.parseError });
  }
  if (Array.isArray(value)) {
    throw invalid('batch', 'Batches are not part of MCP since 2025-06-18; send one message a request');
  }
  if (!isRecord(value) || value.jsonrpc !== '2.0') {
    throw invalid('not-json-rpc', 'The body is not a JSON-RPC 2.0 message');
  }
  const { id, method, params } = value;
  if ('id' in value && !isId(id)) {
    throw invalid('not-json-rpc', 'The id must be a text or a whole number');
  }
  const isAnswer = method === undefined && id !== undefined && ('result' in value) !== ('error' in value);
  if (!isAnswer && (typeof method !== 'string' || 'result' in value || 'error' in value)) {
    throw invalid('not-json-rpc', 'The message has no method');
  }
  if (params !== undefined && !isRecord(params)) {
    throw invalid('not-json-rpc', 'The params must be an object', id);
  }
  const problem = structureProblem(value, LIMITS);
  if (problem !== undefined) {
    throw new Refusal(400, 'message-structure', `Invalid message: ${problem}`, {
      code: Code.invalidParams,
      ...(isId(id) ? { id } : {}),
    });
  }
  if (method === 'tools/call' && !isCall(params)) {
    throw new Refusal(400, 'malformed-call', 'tools/call needs a name, and arguments that are an object', {
      code: Code.invalidParams,
      ...(isId(id) ? { id } : {}),
    });
  }
  return value as unknown as Message;
}

function isCall(params: Record<string, unknown> | undefined): boolean {
  return typeof params?.name === 'string' && (params.arguments === undefined || isRecord(params.arguments));
}

function invalid(rule: string, message: string, id?: unknown): Refusal {
  return new Refusal(400, rule, message, { code: Code.invalidRequest, ...(isId(id) ? { id } : {}) });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(id: unknown): id is string | number {
  return typeof id === 'string' ? id.length <= MAX_ID_LENGTH : Number.isSafeInteger(id);
}
