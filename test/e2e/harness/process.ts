import { spawn } from 'node:child_process';

/** What came of a command. */
export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  /** Seconds until it is killed. */
  readonly timeout?: number;
}

/** Runs a command to its end; it is killed with all its children when its time is up. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Result> {
  const begin = Date.now();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    if (child.pid !== undefined) {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // it has ended by itself meanwhile
      }
    }
  }, (options.timeout ?? 60) * 1000);
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => { texts.stdout += chunk; });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => { texts.stderr += chunk; });
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const code = await new Promise<number>((done, failed) => {
    child.on('error', failed);
    child.on('close', (status) => done(status ?? 255));
  });
  clearTimeout(timer);
  if (late) {
    throw new Error(
      `${[command, ...args].join(' ')} did not end within ${options.timeout ?? 60} s\n` +
        `${tail(texts.stdout)}${tail(texts.stderr)}`,
    );
  }
  return { code, ...texts, seconds: (Date.now() - begin) / 1000 };
}

/** Runs a command that must end well, and gives what it printed. */
export async function must(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code !== 0) {
    throw new Error(`${[command, ...args].join(' ')} ended with ${code}\n${tail(stdout)}${tail(stderr)}`);
  }
  return stdout.trim();
}

/** The end of a text, for a log. */
export function tail(text: string, lines = 25): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n').slice(-6000);
}

/** Asks again and again until the answer is not undefined. */
export async function eventually<T>(what: string, seconds: number, ask: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`${what}: not within ${seconds} s`);
    }
    await new Promise((done) => setTimeout(done, 250));
  }
}
