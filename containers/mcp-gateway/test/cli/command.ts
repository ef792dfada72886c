import { ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Manifest } from '../../src/manifest/manifest';
import { exampleManifest, READ_TOOL } from '../manifest/example';

/** The bundle, as the image runs it. */
export const MAIN = fileURLToPath(new URL('../../lib/main.mjs', import.meta.url));
export const TOKEN = 'codex-0123456789abcdefghijklmnopqrstuvwxyz';

export interface Installed {
  readonly folder: string;
  readonly manifest: string;
  readonly audit: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A manifest with a file tool and a command, a workspace with one file, and a token. */
export function install(changes: Partial<Manifest> = {}): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'installed-'));
  const audit = join(mkdtempSync(join(tmpdir(), 'audit-')), 'audit.jsonl');
  writeFileSync(join(folder, 'ok.txt'), 'first line\nsecond line\n');
  const manifest = join(mkdtempSync(join(tmpdir(), 'manifest-')), 'manifest.json');
  writeFileSync(manifest, JSON.stringify(exampleManifest({
    workspace: { root: folder, access: 'read-only' },
    audit: { path: audit },
    clients: [{ name: 'codex', tokenEnv: 'CODEX_TOKEN' }],
    tools: [READ_TOOL, {
      kind: 'command',
      name: 'count_lines',
      description: 'Counts the lines of a file.',
      argv: ['wc', '-l', { parameter: 'path' }],
      parameters: { path: { type: 'path' } },
      clients: ['codex'],
      paths: { allow: ['**'] },
      limits: READ_TOOL.limits,
    }],
    ...changes,
  })));
  const token = join(mkdtempSync(join(tmpdir(), 'token-')), 'token');
  writeFileSync(token, TOKEN, { mode: 0o400 });
  return { folder, manifest, audit, env: { PATH: process.env.PATH, CODEX_TOKEN_FILE: token } };
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of the command line. */
export class Command {
  public readonly child: ChildProcessWithoutNullStreams;
  public readonly finished: Promise<Finished>;
  public stdout = '';
  public stderr = '';

  constructor(args: readonly string[], env: NodeJS.ProcessEnv, node: readonly string[] = []) {
    this.child = spawn(process.execPath, [...node, MAIN, ...args], { env, stdio: 'pipe' });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.child.stdin.on('error', () => undefined);
    this.finished = new Promise((resolve) => this.child.on('close', (code) => resolve({
      code, stdout: this.stdout, stderr: this.stderr,
    })));
  }

  /** Waits until what was written holds a text. */
  public async until(holds: (command: this) => boolean, ms = 60_000): Promise<void> {
    const end = performance.now() + ms;
    while (!holds(this)) {
      if (performance.now() > end || this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new Error(
          `it did not happen; standard output: ${this.stdout.slice(0, 2000)}, standard error: ` +
          `${this.stderr.slice(0, 2000)}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

export async function run(args: readonly string[], env: NodeJS.ProcessEnv, stdin = ''): Promise<Finished> {
  const command = new Command(args, env);
  command.child.stdin.end(stdin);
  return command.finished;
}
