import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';

/**
 * What the model does when it is asked: says something, or calls a tool. With `holdSeconds` an answer is not yet at its
 * end.
 */
export type Step =
  | { readonly say: string; readonly times?: number; readonly afterSeconds?: number; readonly holdSeconds?: number }
  | { readonly call: string; readonly args: unknown; readonly before?: () => Promise<void> };

interface ChatRequest {
  readonly messages: readonly { readonly role: string; readonly content?: unknown }[];
  readonly tools?: readonly { readonly function?: { readonly name: string } }[];
}

/** An Ollama on the host whose model follows a script: one step for each tool result that it has been given. */
export class ScriptedOllama {
  /** It listens on the port that it should, or on any other when an Ollama of this machine has that one. */
  public static async start(model: string, port: number): Promise<ScriptedOllama> {
    const ollama = new ScriptedOllama(model, port);
    try {
      await ollama.listen();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') {
        throw error;
      }
      ollama.port = 0;
      await ollama.listen();
    }
    return ollama;
  }

  /** Paths that were asked for, with the method. */
  public readonly seen: string[] = [];
  public readonly chats: ChatRequest[] = [];
  /** How many clients went away before their answer was complete. */
  public aborted = 0;
  public script: Step[] = [];
  private server?: Server;

  private constructor(private readonly model: string, public port: number) {}

  public async listen(): Promise<void> {
    const server = createServer(
      (request, response) => void this.answer(request, response).catch(() => response.destroy()),
    );
    await new Promise<void>((done, failed) => {
      server.once('error', failed);
      server.listen(this.port, '0.0.0.0', done);
    });
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  public async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    server?.closeAllConnections();
    await new Promise((done) => (server === undefined ? done(undefined) : server.close(done)));
  }

  /** Forgets what it saw, and follows another script. */
  public follow(...script: Step[]): void {
    this.script = script;
    this.seen.length = 0;
    this.chats.length = 0;
    this.aborted = 0;
  }

  /** What the tools gave back, as the model saw it. */
  public get toolResults(): string[] {
    const { messages = [] } = this.chats.at(-1) ?? {};
    return messages
      .filter(({ role }) => role === 'tool')
      .map(({ content }) => (typeof content === 'string' ? content : JSON.stringify(content)));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) {
      body += String(chunk);
    }
    const path = (request.url ?? '/').split('?')[0];
    this.seen.push(`${request.method} ${path}`);
    if (request.method === 'POST' && path === '/v1/chat/completions') {
      await this.chat(JSON.parse(body) as ChatRequest, response);
      return;
    }
    const models = [{ id: this.model, object: 'model' }];
    const answers: Record<string, unknown> = {
      '/': 'Ollama is running',
      '/api/version': { version: '0.12.3' },
      '/api/tags': { models: [{ name: this.model, model: this.model }] },
      '/api/ps': { models: [] },
      '/v1/models': { object: 'list', data: models },
    };
    response
      .writeHead(path in answers ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify(answers[path] ?? {}));
  }

  private async chat(request: ChatRequest, response: ServerResponse): Promise<void> {
    this.chats.push(request);
    const gone = new Promise<void>((done) => response.once('close', () => {
      this.aborted += response.writableFinished ? 0 : 1;
      done();
    }));
    const wait = async (seconds = 0): Promise<void> => {
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([gone, new Promise((done) => { timer = setTimeout(done, seconds * 1000); })]);
      clearTimeout(timer);
    };
    const given = request.messages.filter(({ role }) => role === 'tool').length;
    const step = this.script[given] ?? { say: 'The script is done.' };
    if ('call' in step) {
      await step.before?.();
    } else {
      await wait(step.afterSeconds);
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (delta: object, finish: string | null = null): boolean =>
      response.write(
        `data: ${JSON.stringify({ id: 'chat', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
      );
    if ('call' in step) {
      const call = {
        index: 0,
        id: `call-${this.chats.length}`,
        type: 'function',
        function: { name: step.call, arguments: JSON.stringify(step.args) },
      };
      send({ role: 'assistant', tool_calls: [call] });
      send({}, 'tool_calls');
    } else {
      for (let n = 0; n < (step.times ?? 1) && !response.destroyed; n += 1) {
        if (!send({ role: 'assistant', content: step.say })) {
          await flushed(response);
        }
      }
      await wait(step.holdSeconds);
      send({}, 'stop');
    }
    response.end('data: [DONE]\n\n');
  }
}

/** Ends when more can be written, or when the client is gone. */
async function flushed(response: ServerResponse): Promise<void> {
  await new Promise<void>((done) => {
    const go = (): void => {
      response.off('drain', go).off('close', go);
      done();
    };
    response.on('drain', go).on('close', go);
  });
}
