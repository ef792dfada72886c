import { ChildProcess, spawn } from 'node:child_process';

/** How a program of this machine answered. */
export type ProgramAnswer =
  | { readonly kind: 'ended'; readonly code: number | null; readonly out: string; readonly err: string }
  /** It gave no answer that could be used, and why. */
  | { readonly kind: 'none'; readonly missing: boolean; readonly reason: string };

const SECONDS = 10;
const MOST_CHARACTERS = 1024 * 1024;
/** After its end a process that the program left behind may hold the pipe. */
const DRAIN_MS = 100;

/** Runs a program without a shell, for a bounded time and with bounded output. Never throws. */
export function runProgram(program: string, words: readonly string[], seconds = SECONDS): Promise<ProgramAnswer> {
  return new Promise((resolve) => {
    const none = (reason: string, missing = false) => resolve({ kind: 'none', missing, reason });
    const child = start(program, words);
    if (child === undefined) return none(`${program} could not be started`);
    const heard = listen(child, () => {
      none(`${program} says more than ${MOST_CHARACTERS / 1024 / 1024} MiB`);
      child.kill('SIGKILL');
    });
    const timer = setTimeout(() => {
      none(`${program} does not answer within ${seconds} s`);
      child.kill('SIGKILL');
    }, seconds * 1000);
    child.once('error', ({ code }: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      none(code === 'ENOENT' ? `${program} is not on the PATH` : `${program} could not be started: ${code}`, code === 'ENOENT');
    });
    child.once('exit', () => setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream?.destroy()), DRAIN_MS).unref());
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ kind: 'ended', code, ...heard });
    });
  });
}

/** Some refusals of the system come as an event, others at once. */
function start(program: string, words: readonly string[]): ChildProcess | undefined {
  try {
    return spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  } catch {
    return undefined;
  }
}

function listen(child: ChildProcess, tooMuch: () => void): { out: string; err: string } {
  const heard = { out: '', err: '' };
  for (const [name, stream] of [['out', child.stdout], ['err', child.stderr]] as const) {
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      heard[name] += text;
      if (heard[name].length > MOST_CHARACTERS) tooMuch();
    });
  }
  return heard;
}
