import { randomUUID } from 'node:crypto';
import { Server } from '@modelcontextprotocol/server';
import { ToolCalls } from './tool-calls';
import { Transport } from '../audit/record';

/** Name and version that the gateway reports. */
export interface ServerIdentity {
  readonly name: string;
  readonly version: string;
}

/** Makes the server that one session or one request of a client is served by: never shared, so answers cannot cross. */
export type ServerFactory = (client: string) => Server;

export function serverFactory(identity: ServerIdentity, calls: ToolCalls, transport: Transport): ServerFactory {
  // Standard input and output are one session, which has no id of its own.
  const session = transport === 'stdio' ? randomUUID() : undefined;
  return (client) => {
    const server = new Server({ ...identity }, { capabilities: { tools: {} } });
    server.setRequestHandler('tools/list', () => ({ tools: calls.list(client) }));
    server.setRequestHandler('tools/call', async ({ params }, { mcpReq, sessionId = session }) =>
      calls.call({
        client,
        transport,
        session: sessionId,
        request: mcpReq.id,
        name: params.name,
        args: params.arguments,
        signal: mcpReq.signal,
      }),
    );
    return server;
  };
}
