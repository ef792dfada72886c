import { createServer } from 'node:http';

/**
 * A model that follows a script: for each request it makes the next call, and when the script is done it says so.
 * Speaks the streamed chat completions that codex asks a local model server for.
 */
export async function scriptedModel(script) {
  const requests = [];
  const server = createServer(async (req, res) => {
    let body = '';
    for await (const chunk of req) body += chunk;
    if (req.method !== 'POST' || !req.url.endsWith('/chat/completions')) {
      res.writeHead(404).end();
      return;
    }
    const request = JSON.parse(body);
    requests.push(request);
    const step = script[request.messages.filter(({ role }) => role === 'tool').length];
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    const say = (delta, finish_reason = null) =>
      res.write(
        `data: ${JSON.stringify({
          id: 'c',
          object: 'chat.completion.chunk',
          choices: [{ index: 0, delta, finish_reason }],
        })}\n\n`,
      );
    if (step === undefined) {
      say({ role: 'assistant', content: 'the script is done' });
      say({}, 'stop');
    } else {
      say({
        role: 'assistant',
        tool_calls: [
          {
            index: 0,
            id: `call-${requests.length}`,
            type: 'function',
            function: { name: step.name, arguments: JSON.stringify(step.args) },
          },
        ],
      });
      say({}, 'tool_calls');
    }
    res.end('data: [DONE]\n\n');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/v1`, requests, close: () => server.close() };
}
