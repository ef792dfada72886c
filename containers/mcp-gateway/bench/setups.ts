import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchClient, Target } from './client';

/** The peers, at the versions compared with, and the SDK's adapter for Node. */
const PEERS = [
  'supergateway@4.0.0',
  'mcp-proxy@6.7.19',
  '@modelcontextprotocol/node@2.1.2',
  '@modelcontextprotocol/server@2.4.0',
];

/** Tool calls a minute allowed to each client: the most a manifest can say. */
const CALLS_PER_MINUTE = 100_000;
const CLIENTS = 16;

export interface Setup {
  readonly name: string;
  readonly target: Target;
  /** One client's token for each name, for more calls than one client may make. */
  readonly tokens: readonly string[];
  /** Resident memory of the server and the processes it started, in MiB. */
  memory(): number;
  stop(): Promise<void>;
}

export interface Scratch {
  readonly folder: string;
  readonly lib: string;
  readonly peers: boolean;
}

/** Installs the peers once. Without a registry, or when it is asked for, the gateway is measured alone. */
export function prepareScratch(root: string, alone: boolean): Scratch {
  const folder = join(root, 'build/bench');
  if (alone) {
    mkdirSync(folder, { recursive: true });
    return { folder, lib: join(folder, 'lib'), peers: false };
  }
  const peers = join(folder, 'peers');
  mkdirSync(peers, { recursive: true });
  const wanted = createHash('sha256').update(PEERS.join()).digest('hex');
  const mark = join(peers, '.installed');
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== wanted) {
    writeFileSync(join(peers, 'package.json'), '{"private":true}\n');
    try {
      const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', ...PEERS];
      execFileSync('npm', args, { cwd: peers, stdio: ['ignore', 'ignore', 'ignore'], timeout: 180_000 });
      writeFileSync(mark, wanted);
    } catch {
      process.stderr.write('the peers could not be installed; they are left out\n');
    }
  }
  return { folder, lib: join(folder, 'lib'), peers: existsSync(mark) };
}

export interface BenchManifest {
  readonly file: string;
  readonly env: Record<string, string>;
  readonly tokens: readonly string[];
}

/** A workspace with one small file, and a manifest with one tool that reads it, for each of several clients. */
export function writeManifest(folder: string, port: number, auditPath: string): BenchManifest {
  const workspace = mkdtempSync(join(folder, 'workspace-'));
  writeFileSync(join(workspace, 'note.md'), 'A line of an ordinary note.\n'.repeat(36));
  const names = Array.from({ length: CLIENTS }, (_, index) => `client-${index}`);
  const tokens = names.map((name) => createHash('sha256').update(`bench ${name}`).digest('hex'));
  const manifest = {
    schemaVersion: 1,
    name: 'bench',
    workspace: { root: workspace, access: 'read-only' },
    http: { host: '127.0.0.1', port, allowedHosts: ['127.0.0.1'], allowedOrigins: [] },
    audit: { path: auditPath },
    clients: names.map((name, index) => ({ name, tokenEnv: `BENCH_TOKEN_${index}`, callsPerMinute: CALLS_PER_MINUTE })),
    tools: [{
      kind: 'file',
      name: 'fs_read',
      operation: 'read',
      clients: names,
      paths: { allow: ['**'] },
      limits: { timeoutMs: 5000, maxOutputBytes: 65536, callsPerMinute: CALLS_PER_MINUTE },
    }],
  };
  const file = join(workspace, '../', `manifest-${port}.json`);
  writeFileSync(file, JSON.stringify(manifest, undefined, 2));
  return { file, env: Object.fromEntries(tokens.map((token, index) => [`BENCH_TOKEN_${index}`, token])), tokens };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a server and waits until it answers a client. */
export async function startSetup(
  name: string,
  argv: readonly string[],
  target: Target,
  options: Partial<BenchManifest> = {},
): Promise<Setup> {
  const child = spawn(process.execPath, [...argv], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = `${errors}${text}`.slice(-2000)));
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const closed = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
      await closed;
      clearTimeout(timer);
    }
  };
  const giveUpAt = Date.now() + 20_000;
  for (;;) {
    const client = new BenchClient(target);
    try {
      await client.begin();
      return { name, target, tokens: options.tokens ?? [], memory: () => memoryOf(child), stop };
    } catch (error) {
      if (child.exitCode !== null || Date.now() > giveUpAt) {
        await stop();
        throw new Error(`${name} did not start: ${String(error)}\n${errors}`);
      }
      await sleep(100);
    } finally {
      client.end();
    }
  }
}

function memoryOf(child: ChildProcess): number {
  return familyOf(child.pid ?? 0).reduce((sum, pid) => sum + residentMiB(pid), 0);
}

function familyOf(pid: number): number[] {
  const children = existsSync(`/proc/${pid}/task/${pid}/children`)
    ? readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim()
    : '';
  return [pid, ...(children === '' ? [] : children.split(' ').flatMap((child) => familyOf(Number(child))))];
}

function residentMiB(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) / 1024;
}
