import { ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainAppError } from './app-error';
import { cliFinding, Failure } from './failure';
import { Interrupted } from './interrupted';
import { ProjectFile } from './project-file';
import { Terminal } from './terminal';
import { DOCUMENT_VARIABLE } from '../assembly/document';
import { ReadResult } from '../assembly/read-document';

export interface AppOptions {
  readonly timeoutSeconds: number;
  /** Lets the app's messages through as they come. */
  readonly verbose: boolean;
  /** Called while the app runs: time to load what comes next. */
  readonly meanwhile?: () => void;
}

const MAX_SAID = 256 * 1024;
const KILL_AFTER_MS = 2_000;
/** After its end a process that the app left behind may hold the pipe. */
const DRAIN_MS = 200;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  readonly said: string;
  /** Why this process ended it; undefined when it ended by itself. */
  readonly stoppedBy: NodeJS.Signals | 'timeout' | undefined;
}

/**
 * Runs the app and reads what it hands over.
 *
 * @throws Failure when it cannot be started, fails, hangs, or hands nothing over; Interrupted when this process is told to end.
 */
export async function runApp(project: ProjectFile, options: AppOptions, terminal: Terminal): Promise<ReadResult> {
  const scratch = mkdtempSync(join(tmpdir(), 'toolbox-'));
  try {
    const file = join(scratch, 'document.json');
    const ending = await run(project, file, options, terminal);
    judge(project, ending, existsSync(file), options.timeoutSeconds);
    if (!options.verbose) terminal.err(ending.said);
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- not before it is needed: the app should start at once
    return (require('../assembly/read-document') as typeof import('../assembly/read-document')).readDocument(file);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function run(project: ProjectFile, file: string, options: AppOptions, terminal: Terminal): Promise<Ending> {
  const child = start(project, file);
  const said = listen(child, options.verbose ? terminal : undefined);
  let stoppedBy: Ending['stoppedBy'];
  const stop = (reason: NodeJS.Signals | 'timeout') => {
    stoppedBy ??= reason;
    end(child);
  };
  const timer = setTimeout(stop, options.timeoutSeconds * 1000, 'timeout');
  // Ctrl-C ends the app too: it has a group of its own, so the terminal does not tell it
  SIGNALS.forEach((signal) => process.on(signal, stop));
  try {
    const ended = waitFor(child);
    options.meanwhile?.();
    const [code, signal] = await ended;
    return { code, signal, stoppedBy, said: said() };
  } catch (error) {
    throw startFailure(project.app[0], error as NodeJS.ErrnoException);
  } finally {
    clearTimeout(timer);
    SIGNALS.forEach((signal) => process.removeListener(signal, stop));
  }
}

function start({ app: [program, ...args], root }: ProjectFile, file: string): ChildProcess {
  return spawn(program === 'node' ? process.execPath : program, args, {
    cwd: root,
    env: { ...process.env, [DOCUMENT_VARIABLE]: file },
    // what the app prints must not mix with --json
    stdio: ['ignore', 2, 'pipe'],
    // a group of its own, so that its children end with it
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
}

function waitFor(child: ChildProcess): Promise<[code: number | null, signal: string | null]> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve([code, signal]));
    child.once('exit', () => setTimeout(() => child.stderr?.destroy(), DRAIN_MS).unref());
  });
}

function listen(child: ChildProcess, live: Terminal | undefined): () => string {
  let said = '';
  child.stderr?.setEncoding('utf8');
  child.stderr?.on('data', (text: string) => {
    live?.err(text);
    said = (said + text).slice(-MAX_SAID);
  });
  return () => said;
}

function end(child: ChildProcess): void {
  kill(child, 'SIGTERM');
  setTimeout(() => kill(child, 'SIGKILL'), KILL_AFTER_MS).unref();
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // it ended in between
  }
}

function startFailure(program: string, { code, message }: NodeJS.ErrnoException): Failure {
  if (code === 'ENOENT') return new Failure(cliFinding('app-start', `The app's program "${program}" was not found.`));
  if (code === 'EACCES') return new Failure(cliFinding('app-start', `The app's program "${program}" may not be executed.`));
  return new Failure(cliFinding('app-start', `The app's program "${program}" could not be started: ${message}.`));
}

function judge({ app, root }: ProjectFile, { code, signal, said, stoppedBy }: Ending, handedOver: boolean, seconds: number): void {
  const command = app.join(' ');
  if (stoppedBy === 'timeout') throw new Failure(cliFinding('app-timeout', `The app did not end within ${seconds} s: ${command}`));
  if (stoppedBy !== undefined) throw new Interrupted(stoppedBy);
  if (code !== 0) {
    const how = signal === null ? `exit code ${code}` : signal;
    const { message, location } = explainAppError(said, root);
    throw new Failure(cliFinding('app-failed', `The app failed (${how}): ${message}`, location));
  }
  if (!handedOver) throw new Failure(cliFinding('app-silent', `The app ended without a result: ${command}`));
}
