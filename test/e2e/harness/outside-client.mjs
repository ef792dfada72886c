// A real MCP client, run where the gateway's packages are installed: prints the results as JSON.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const [url, token] = process.argv.slice(-2);
const client = new Client({ name: 'outside', version: '1.0.0' });
const requestInit = { headers: { authorization: `Bearer ${token}` } };
const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit });
try {
  await client.connect(transport);
  const { tools } = await client.listTools();
  const answer = await client.callTool({ name: 'fs_read', arguments: { path: 'hello.txt' } });
  console.log(JSON.stringify({ tools: tools.map(({ name }) => name), answer: answer.content }));
  await client.close();
} catch (error) {
  console.log(JSON.stringify({ error: String(error) }));
}
