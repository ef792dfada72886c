import { randomUUID } from 'node:crypto';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Transport } from '@modelcontextprotocol/server';
import { directServers } from './direct';

/**
 * As much of the SDK's adapter for Node as is used here; it is installed beside the peers and no dependency of the
 * gateway.
 */
interface NodeAdapter {
  readonly NodeStreamableHTTPServerTransport: new (options: TransportOptions) => NodeTransport;
}

interface TransportOptions {
  readonly sessionIdGenerator: () => string;
  readonly onsessioninitialized: (id: string) => void;
}

type NodeTransport = Transport & { handleRequest(request: IncomingMessage, response: ServerResponse): Promise<void> };

const [manifest = '', port = '0', scratch = ''] = process.argv.slice(2);
const adapterFile = createRequire(`${scratch}/package.json`).resolve('@modelcontextprotocol/node');
const { NodeStreamableHTTPServerTransport } = (await import(pathToFileURL(adapterFile).href)) as NodeAdapter;
const servers = await directServers(manifest);
const sessions = new Map<string, NodeTransport>();

const http = createServer((request, response) => {
  void (async () => {
    const id = request.headers['mcp-session-id'];
    let transport = typeof id === 'string' ? sessions.get(id) : undefined;
    if (transport === undefined) {
      const begun: NodeTransport = new NodeStreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (session) => void sessions.set(session, begun),
      });
      await servers().connect(begun);
      transport = begun;
    }
    await transport.handleRequest(request, response);
  })();
});
http.listen(Number(port), '127.0.0.1');
