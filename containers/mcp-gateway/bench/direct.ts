import { Server } from '@modelcontextprotocol/server';
import { prepare } from '../src/gateway/prepare';
import { listed } from '../src/server/tool-calls';

/** The gateway's own tools on a server of the SDK and nothing around them: no policy, no audit, no limits. */
export async function directServers(manifestFile: string): Promise<() => Server> {
  const { tools } = await prepare({ manifestFile });
  const byName = new Map(tools.map((tool) => [tool.spec.name, tool]));
  const listings = tools.map(listed);
  return () => {
    const server = new Server({ name: 'direct', version: '0' }, { capabilities: { tools: {} } });
    server.setRequestHandler('tools/list', () => ({ tools: listings }));
    server.setRequestHandler('tools/call', async ({ params }, { mcpReq }) => {
      const tool = byName.get(params.name);
      if (tool === undefined) {
        throw new Error(`there is no tool ${params.name}`);
      }
      const { content } = await tool.call(tool.input.parse(params.arguments), {
        signal: mcpReq.signal,
        slot: async () => () => undefined,
      });
      return { content: content.map((block) => ({ ...block })) };
    });
    return server;
  };
}
