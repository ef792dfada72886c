import { ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { Bridge, BridgeOptions } from '../../src/bridge/bridge';

const cleanups: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
});

export function after(cleanup: () => void | Promise<void>): void {
  cleanups.push(cleanup);
}

let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-'));
  const entry = join(import.meta.dirname, '../../src/bridge/main.ts');
  await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: join(folder, 'bridge.mjs'),
    logLevel: 'warning',
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

export const TOKEN = 'a-token-for-tests-only';

export function tokenFile(token = TOKEN): string {
  const path = join(mkdtempSync(join(folder, 'token-')), 'token');
  writeFileSync(path, `${token}\n`);
  return path;
}

export interface Answer {
  readonly id?: string | number | null;
  readonly method?: string;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number; readonly message: string };
}

export const INITIALIZE = {
  protocolVersion: '2025-06-18',
  capabilities: { elicitation: {} },
  clientInfo: { name: 'codex-mcp-client', title: 'Codex', version: '0.42.0' },
};

/** The bridge as a client starts it: a process of its own, with the environment codex leaves to it. */
export class BridgeProcess {
  /** The bundle that runs. */
  public static get path(): string {
    return join(folder, 'bridge.mjs');
  }

  public readonly child: ChildProcessWithoutNullStreams;
  public output = '';
  public errors = '';
  public readonly messages: Answer[] = [];
  private parsed = 0;
  private next = 1;

  constructor(args: readonly string[], env: Record<string, string> = {}) {
    this.child = spawn(process.execPath, [BridgeProcess.path, ...args], {
      env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ...env },
    });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.output += text;
      for (let end = this.output.indexOf('\n', this.parsed); end !== -1; end = this.output.indexOf('\n', this.parsed)) {
        this.messages.push(JSON.parse(this.output.slice(this.parsed, end)) as Answer);
        this.parsed = end + 1;
      }
    });
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    after(async () => {
      if (this.child.exitCode === null && this.child.signalCode === null) {
        this.child.kill('SIGKILL');
        await once(this.child, 'close');
      }
    });
  }

  public write(text: string): void {
    this.child.stdin.write(text);
  }

  public notify(method: string, params: object = {}): void {
    this.write(`${JSON.stringify({ jsonrpc: '2.0', method, params })}\n`);
  }

  /** @returns the id */
  public post(method: string, params: object = {}): number {
    const id = this.next;
    this.next += 1;
    this.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return id;
  }

  public async answer(id: string | number | null): Promise<Answer> {
    for (;;) {
      const found = this.messages.find((message) => message.id === id && message.method === undefined);
      if (found !== undefined) {
        return found;
      }
      if (this.child.exitCode !== null) {
        throw new Error(
          `no answer to ${String(id)}; exit ${String(this.child.exitCode)}; stdout: ${this.output}; stderr: ` +
          `${this.errors}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  public async ask(method: string, params: object = {}): Promise<Answer> {
    return this.answer(this.post(method, params));
  }

  public async call(name: string, args: object): Promise<Answer> {
    return this.ask('tools/call', { name, arguments: args });
  }

  /** As codex begins. */
  public async initialize(): Promise<Answer> {
    const answer = await this.ask('initialize', INITIALIZE);
    this.notify('notifications/initialized');
    return answer;
  }

  /** Closes the client's end. @returns the exit code */
  public async end(): Promise<number | null> {
    const closed = once(this.child, 'close');
    this.child.stdin.end();
    await closed;
    return this.child.exitCode;
  }

  public async exit(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await once(this.child, 'close');
    }
    return this.child.exitCode;
  }
}

/** A bridge that has begun to talk to a server. */
export async function bridged(server: { readonly url: string }, ...args: string[]): Promise<BridgeProcess> {
  const bridge = new BridgeProcess(['--url', server.url, '--token-file', tokenFile(), ...args]);
  const { result } = await bridge.initialize();
  if (result?.protocolVersion !== INITIALIZE.protocolVersion) {
    throw new Error(`the bridge could not begin: ${bridge.output}${bridge.errors}`);
  }
  return bridge;
}

/** A bridge in this process. `answers` are the messages that it has written. */
export function inProcess(
  server: { readonly url: string },
  options: Partial<BridgeOptions>,
): { readonly bridge: Bridge; readonly input: PassThrough; readonly answers: () => Answer[] } {
  const [input, output] = [new PassThrough(), [] as Answer[]];
  const bridge = new Bridge(
    { url: new URL(server.url), token: undefined, ...options },
    { input, output: { write: (text) => output.push(JSON.parse(text) as Answer) }, log: () => undefined },
  );
  return { bridge, input, answers: () => output };
}

export function line(message: object): string {
  return `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`;
}

export function textOf(answer: Answer): unknown {
  return (answer.result?.content as { text?: unknown }[] | undefined)?.[0]?.text ?? answer.error;
}
