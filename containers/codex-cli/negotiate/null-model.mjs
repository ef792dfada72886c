import { createServer } from 'node:http';
import { chatApi } from './chat-api.mjs';
import { findTool, offeredTools } from './offered.mjs';
import { responsesApi } from './responses-api.mjs';

/** A model that notes what it is offered, calls one tool if it is asked to, and otherwise has nothing to say. */
export class NullModel {
  static async listen(tool, call) {
    const model = new NullModel(tool, call);
    await new Promise((resolve, reject) => model.server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return model;
  }

  /** Undefined until codex asked. */
  offered;
  /** Undefined until codex handed the result of the call back. */
  result;

  constructor(tool, call) {
    this.tool = tool;
    this.call = call;
    this.server = createServer((request, response) => {
      this.#answer(request, response).catch((error) => response.writeHead(400).end(String(error)));
    });
  }

  get url() {
    return `http://127.0.0.1:${this.server.address().port}/v1`;
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }

  async #answer(request, response) {
    const api = [chatApi, responsesApi].find(({ path }) => request.method === 'POST' && request.url === path);
    if (api === undefined) {
      response.writeHead(404).end();
      return;
    }
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString());
    this.offered ??= offeredTools(body.tools);
    this.result ??= api.resultIn(body);
    const found = findTool(this.offered, this.tool);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const wanted = this.call !== undefined && found !== undefined && this.result === undefined;
    response.end(wanted ? api.callOf(found, JSON.stringify(this.call)) : api.nothing());
  }
}
