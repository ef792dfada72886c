import { spawn } from 'node:child_process';
import { ByteCollector } from '../byte-collector';
import { watchMemory } from '../memory';
import { putBehindGateway } from '../priority';
import { ToolFailure } from '../tool';

export interface ProcessRequest {
  /** Absolute path of the program. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Descriptors the child gets as 3, 4 and so on. */
  readonly descriptors: readonly number[];
  readonly maxOutputBytes: number;
  /**
   * Memory at which it is ended: a pattern or a file can make a program take all there is.
   * @default MAX_MEMORY_BYTES
   */
  readonly maxMemoryBytes?: number;
  readonly signal: AbortSignal;
}

export interface ProcessOutcome {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly endedBy: string | undefined;
  /** It wrote more than the limit and was ended. */
  readonly cut: boolean;
  /** The caller's signal ended it. */
  readonly stopped: boolean;
  /** It took more memory than it may and was ended. */
  readonly tooLarge: boolean;
}

/** Far more than reading takes; what a program has mapped of files is not counted. */
const MAX_MEMORY_BYTES = 512 * 1024 * 1024;

/** Time to end by itself after SIGTERM. */
const GRACE_MS = 500;

/** Time for a pipe to close once the process is gone. */
const DRAIN_MS = 250;

const MAX_STDERR_BYTES = 4096;

/**
 * Runs a program without a shell, in a process group of its own, so that what it starts ends with it; standard input is
 * empty. Resolves when it is gone.
 */
export async function runProcess(request: ProcessRequest): Promise<ProcessOutcome> {
  if (request.signal.aborted) {
    throw new ToolFailure('stopped before it was done');
  }
  return new Promise((resolve, reject) => {
    const child = spawn(request.file, [...request.args], {
      cwd: request.cwd,
      env: { ...request.env },
      shell: false,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', ...request.descriptors],
    });
    putBehindGateway(child.pid);
    const stdout = new ByteCollector(request.maxOutputBytes);
    const stderr = new ByteCollector(MAX_STDERR_BYTES);
    let cut = false;
    let stopped = false;
    let tooLarge = false;
    let killTimer: NodeJS.Timeout | undefined;

    const killGroup = (signal: NodeJS.Signals) => {
      try {
        if (child.pid !== undefined) {
          process.kill(-child.pid, signal);
        }
      } catch {
        // No process of the group is left.
      }
    };
    const end = () => {
      killGroup('SIGTERM');
      killTimer ??= setTimeout(() => killGroup('SIGKILL'), GRACE_MS);
    };
    const onAbort = () => {
      stopped = true;
      end();
    };
    request.signal.addEventListener('abort', onAbort, { once: true });
    const endWatch = watchMemory(child.pid, 'RssAnon', request.maxMemoryBytes ?? MAX_MEMORY_BYTES, () => {
      tooLarge = true;
      killGroup('SIGKILL');
    });

    child.stdout?.on('data', (chunk: Buffer) => {
      if (!stdout.add(chunk) && !cut) {
        cut = true;
        end();
      }
    });
    child.stderr?.on('data', (chunk: Buffer) => stderr.add(chunk));
    child.on('error', () => {
      request.signal.removeEventListener('abort', onAbort);
      clearTimeout(killTimer);
      reject(new ToolFailure('the program could not be started'));
    });
    child.on('exit', () => {
      endWatch();
      // What it left running in its group has lost its purpose.
      killGroup('SIGKILL');
      setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, DRAIN_MS).unref();
    });
    child.on('close', (exitCode, signal) => {
      request.signal.removeEventListener('abort', onAbort);
      clearTimeout(killTimer);
      resolve({
        stdout: stdout.bytes,
        stderr: stderr.bytes,
        exitCode: exitCode ?? undefined,
        endedBy: signal ?? undefined,
        cut,
        stopped,
        tooLarge,
      });
    });
  });
}
