import { ChildProcess, spawn } from 'node:child_process';

/** The result of a program. */
export type ProgramAnswer =
  | { readonly kind: 'ended'; readonly code: number | null; readonly out: string; readonly err: string }
  /** No usable result. A timeout does not mean that the program is missing. */
  | { readonly kind: 'none'; readonly cause: 'missing' | 'timeout' | 'other'; readonly reason: string };

export interface RunOptions {
  /** @default 10 */
  readonly seconds?: number;
  /**
   * Text for stdin. Secrets are passed here, since arguments are visible to every user.
   *
   * @default - no input
   */
  readonly input?: string;
}

const SECONDS = 10;
const MOST_CHARACTERS = 1024 * 1024;
/** Grace period after exit: a child may still hold the pipe. */
const DRAIN_MS = 100;

/** Runs a program without a shell, with bounded time and output. Never throws. */
export function runProgram(
  program: string,
  words: readonly string[],
  { seconds = SECONDS, input }: RunOptions = {},
): Promise<ProgramAnswer> {
  return new Promise((resolve) => {
    const none = (reason: string, cause: 'missing' | 'timeout' | 'other' = 'other') =>
      resolve({ kind: 'none', cause, reason });
    const child = start(program, words, input !== undefined);
    if (child === undefined) {
      return none(`${program} could not be started`);
    }
    const output = collect(child, () => {
      none(`${program} prints more than ${MOST_CHARACTERS / 1024 / 1024} MiB`);
      child.kill('SIGKILL');
    });
    const timer = setTimeout(() => {
      none(`${program} does not answer within ${seconds} s`, 'timeout');
      child.kill('SIGKILL');
    }, seconds * 1000);
    child.once('error', ({ code }: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      none(
        code === 'ENOENT' ? `${program} is not on the PATH` : `${program} could not be started: ${code}`,
        code === 'ENOENT' ? 'missing' : 'other',
      );
    });
    child.once('exit', () =>
      setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream?.destroy()), DRAIN_MS).unref(),
    );
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ kind: 'ended', code, ...output });
    });
    // the program may exit without reading its input
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** Converts thrown errors to a result: spawn reports some by event, others by throwing. */
function start(program: string, words: readonly string[], hasInput: boolean): ChildProcess | undefined {
  try {
    return spawn(program, words, { stdio: [hasInput ? 'pipe' : 'ignore', 'pipe', 'pipe'], windowsHide: true });
  } catch {
    return undefined;
  }
}

function collect(child: ChildProcess, tooMuch: () => void): { out: string; err: string } {
  const output = { out: '', err: '' };
  for (const [name, stream] of [
    ['out', child.stdout],
    ['err', child.stderr],
  ] as const) {
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      output[name] += text;
      if (output[name].length > MOST_CHARACTERS) {
        tooMuch();
      }
    });
  }
  return output;
}
