#!/usr/bin/env node
// What of Ollama's command the toolbox uses: serve, list, show, pull. Models are names in a file; it answers nothing.
import { createServer } from 'node:http';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = '/root/.ollama';
const file = `${folder}/models`;
const models = () => {
  try {
    return readFileSync(file, 'utf8').split('\n').filter((name) => name !== '');
  } catch {
    return [];
  }
};
const [host, port] = (process.env.OLLAMA_HOST ?? '0.0.0.0:11434').split(':');
const url = `http://127.0.0.1:${port ?? 11434}`;
const [command, name] = process.argv.slice(2);

const ask = async (path, body) => {
  const answer = await fetch(url + path, body && { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
};
const serve = () => createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const send = (status, value) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  const asked = body === '' ? {} : JSON.parse(body);
  if (request.url === '/api/version') send(200, { version: '0.12.3' });
  else if (request.url === '/api/tags') send(200, { models: models().map((model) => ({ name: model })) });
  else if (request.url === '/api/show') send(models().includes(asked.model) ? 200 : 404, {});
  else if (request.url === '/api/pull') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, [...new Set([...models(), asked.model])].join('\n'));
    send(200, { status: 'success' });
  } else send(404, {});
}).listen(Number(port ?? 11434), host);

try {
  if (command === 'serve') serve();
  else if (command === 'list') {
    const { models: found } = await ask('/api/tags');
    console.log(['NAME', ...found.map((model) => model.name)].join('\n'));
  }
  else if (command === 'show') await ask('/api/show', { model: name });
  else if (command === 'pull') await ask('/api/pull', { model: name });
  else throw new Error(`unknown command ${command}`);
} catch (error) {
  console.error(`Error: ${error.message}`);
  process.exit(1);
}
