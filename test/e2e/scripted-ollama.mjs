// An Ollama without a model: it does what the last message of the person tells it to, so that a test can say in one line
// what the model is to do.
//
//   ping                    answers "pong"
//   call NAME JSON          calls the tool NAME with these arguments, then answers with what it got back
//   wait SECONDS            answers after that time
//   huge BYTES              answers with that many bytes
//   anything else           answers "heard: ..." and the message
//
// node scripted-ollama.mjs [--host ADDRESS] [--port PORT] [--model NAME]; prints one JSON line for each request.
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    host: { type: 'string', default: '0.0.0.0' },
    port: { type: 'string', default: '11434' },
    model: { type: 'string', default: 'gpt-oss:20b' },
  },
});

const lists = {
  '/': 'Ollama is running',
  '/api/version': { version: '0.12.3' },
  '/api/tags': { models: [{ name: options.model, model: options.model }] },
  '/v1/models': { object: 'list', data: [{ id: options.model, object: 'model', owned_by: 'library' }] },
};

/** What the model does next: `{text}` or `{call: {name, arguments}}`. */
async function think(messages) {
  const last = messages.at(-1);
  if (last?.role === 'tool') return { text: `result: ${textOf(last)}` };
  const request = textOf(messages.findLast(({ role }) => role === 'user')).trim();
  const [verb, ...rest] = request.split(' ');
  const argument = rest.join(' ');
  if (request === 'ping') return { text: 'pong' };
  if (verb === 'call') {
    const [name, ...json] = rest;
    return { call: { name, arguments: json.join(' ') || '{}' } };
  }
  if (verb === 'wait') await sleep(Number(argument) * 1000);
  if (verb === 'huge') return { text: 'x'.repeat(Number(argument)) };
  return { text: `heard: ${request}` };
}

function textOf(message) {
  const content = message?.content ?? '';
  return typeof content === 'string' ? content : content.map(({ text }) => text ?? '').join('');
}

function* chatEvents({ text, call }) {
  const chunk = (delta, reason = null) => `data: ${JSON.stringify({
    id: 'scripted', object: 'chat.completion.chunk', model: options.model, choices: [{ index: 0, delta, finish_reason: reason }],
  })}\n\n`;
  if (call !== undefined) {
    yield chunk({ role: 'assistant', tool_calls: [{ index: 0, id: 'call_scripted', type: 'function', function: call }] });
    yield chunk({}, 'tool_calls');
  } else {
    for (let start = 0; start < text.length; start += 4096) {
      yield chunk({ role: 'assistant', content: text.slice(start, start + 4096) });
    }
    yield chunk({}, 'stop');
  }
  yield 'data: [DONE]\n\n';
}

async function chat(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { messages, tools = [] } = JSON.parse(Buffer.concat(chunks).toString());
  console.log(JSON.stringify({ messages: messages.length, tools: tools.map((tool) => tool.function?.name) }));
  const next = await think(messages);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of chatEvents(next)) response.write(event);
  response.end();
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://scripted');
  console.log(JSON.stringify({ method: request.method, path: pathname }));
  if (request.method === 'POST' && pathname === '/v1/chat/completions') {
    chat(request, response).catch((error) => response.destroy(error));
  } else if (request.method === 'GET' && pathname in lists) {
    const body = lists[pathname];
    response.writeHead(200, { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  } else {
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: `The scripted Ollama has no ${request.method} ${pathname}.` }));
  }
});
server.listen(Number(options.port), options.host, () => {
  const { address, port } = server.address();
  console.log(JSON.stringify({ listening: `${address}:${port}` }));
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    server.closeAllConnections();
    server.close();
  });
}
