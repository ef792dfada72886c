import { ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll } from 'vitest';

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

interface Answer {
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
  public readonly child: ChildProcessWithoutNullStreams;
  public readonly started = performance.now();
  public output = '';
  public errors = '';
  private next = 1;

  constructor(args: readonly string[], env: Record<string, string> = {}) {
    this.child = spawn(process.execPath, [join(folder, 'bridge.mjs'), ...args], {
      env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ...env },
    });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    after(async () => {
      if (this.child.exitCode === null && this.child.signalCode === null) {
        this.child.kill('SIGKILL');
        await once(this.child, 'close');
      }
    });
  }

  public get messages(): Answer[] {
    return this.output.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Answer);
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

  public async answer(id: string | number | null, timeoutMs = 10_000): Promise<Answer> {
    const giveUpAt = Date.now() + timeoutMs;
    for (;;) {
      const found = this.messages.find((message) => message.id === id && message.method === undefined);
      if (found !== undefined) {
        return found;
      }
      if (Date.now() > giveUpAt || this.child.exitCode !== null) {
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

  public async end(): Promise<{ readonly code: number | null; readonly ms: number }> {
    const began = performance.now();
    const closed = once(this.child, 'close');
    this.child.stdin.end();
    await closed;
    return { code: this.child.exitCode, ms: performance.now() - began };
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

export function textOf(answer: Answer): unknown {
  return (answer.result?.content as { text?: unknown }[] | undefined)?.[0]?.text ?? answer.error;
}
