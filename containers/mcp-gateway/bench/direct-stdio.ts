import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { directServers } from './direct';

const [manifest = ''] = process.argv.slice(2);
const server = (await directServers(manifest))();
await server.connect(new StdioServerTransport());
