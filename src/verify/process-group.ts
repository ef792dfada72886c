import { ChildProcess, spawn } from 'node:child_process';

/** The end of a command. */
export type Ending =
  | { readonly kind: 'ended'; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'not-started'; readonly reason: string };

export interface GroupOptions {
  readonly cwd: string;
  /** Environment variables in addition to those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly seconds: number;
  /** Aborts the command. */
  readonly abort: AbortSignal;
  /** Called with the output, both streams in order. */
  hear(bytes: Uint8Array): void;
}

/** Grace period in milliseconds: Compose needs up to ten seconds to stop a container. */
const KILL_AFTER_MS = 12_000;
/**
 * Grace period in milliseconds for children that hold the pipe after exit. They are killed, and remaining output is
 * read.
 */
const DRAIN_MS = 200;
const DRAIN_AT_MOST_MS = 3_000;
/** Joins both streams into one pipe; the shell replaces itself with the command. */
const JOINED = 'exec "$@" 2>&1';

/** Runs a command without input in its own process group, which is killed with it. Never throws. */
export function runGroup(words: readonly string[], options: GroupOptions): Promise<Ending> {
  return new Promise((settle) => {
    const child = start(words, options);
    if (child instanceof Error) { return settle({ kind: 'not-started', reason: child.message }); }
    const stop = stopper(child);
    const timer = setTimeout(stop, options.seconds * 1000, 'timeout');
    const onAbort = () => stop('aborted');
    options.abort.addEventListener('abort', onAbort, { once: true });
    if (options.abort.aborted) { onAbort(); }
    const end = (ending: Ending) => {
      clearTimeout(timer);
      options.abort.removeEventListener('abort', onAbort);
      settle(ending);
    };
    child.stdout?.on('data', options.hear);
    child.once('error', ({ message }) => end({ kind: 'not-started', reason: message }));
    child.once('exit', () => drain(child));
    child.once('close', (code, signal) =>
      end(stop.reason === undefined ? { kind: 'ended', code, signal } : { kind: stop.reason }),
    );
  });
}

/** Converts thrown errors to a result: spawn reports some by event, others by throwing. */
function start(words: readonly string[], { cwd, environment }: GroupOptions): ChildProcess | Error {
  try {
    const child = spawn('sh', ['-c', JOINED, 'sh', ...words], {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
      windowsHide: true,
    });
    endWithThisProcess(child);
    return child;
  } catch (error) {
    return error as Error;
  }
}

type StopReason = 'timeout' | 'aborted';

function stopper(child: ChildProcess): ((reason: StopReason) => void) & { reason?: StopReason } {
  const stop: ((reason: StopReason) => void) & { reason?: StopReason } = (reason) => {
    if (stop.reason !== undefined) { return; }
    stop.reason = reason;
    killGroup(child, 'SIGTERM');
    const timer = setTimeout(() => killGroup(child, 'SIGKILL'), KILL_AFTER_MS);
    child.once('close', () => clearTimeout(timer));
  };
  return stop;
}

function drain(child: ChildProcess): void {
  const { stdout } = child;
  const quiet = setTimeout(() => stdout?.destroy(), DRAIN_MS);
  const timers = [
    quiet,
    setTimeout(() => killGroup(child, 'SIGKILL'), DRAIN_MS / 2),
    setTimeout(() => stdout?.destroy(), DRAIN_AT_MOST_MS),
  ];
  stdout?.on('data', () => void quiet.refresh());
  child.once('close', () => timers.forEach(clearTimeout));
}

/** Kills the group when this process exits. */
function endWithThisProcess(child: ChildProcess): void {
  const kill = () => killGroup(child, 'SIGKILL');
  process.once('exit', kill);
  child.once('close', () => process.removeListener('exit', kill));
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) { return; }
  try {
    process.kill(-pid, signal);
  } catch {
    // the group is gone
  }
}
