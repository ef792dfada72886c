import { ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { eventually, tail } from './process';

/** What programs ask a terminal: where the cursor stands, and of what kind it is. */
// eslint-disable-next-line no-control-regex
const QUESTION = /\x1b\[(?:6n|c)/g;
const answerTo = (question: string): string => (question.endsWith('n') ? '\x1b[1;1R' : '\x1b[?1;2c');

// eslint-disable-next-line no-control-regex
const CONTROL =
  /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()#][0-9A-Z]|\x1b[=>78c-~]|[\x00-\x09\x0b-\x1f]/g;

export const CTRL_C = '\x03';
export const ENTER = '\r';

/** A program in a terminal of 120 by 40, which a person types into and reads. */
export class Terminal {
  private readonly child: ChildProcessWithoutNullStreams;
  private raw = '';
  private answered = 0;
  private code?: number;

  constructor(command: readonly string[], options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) {
    // script(1) runs a shell line in a pseudo-terminal, and passes on what comes by its standard input
    const line = `stty rows 40 cols 120; exec ${command.map((word) => `'${word.replace(/'/g, "'\\''")}'`).join(' ')}`;
    this.child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
      cwd: options.cwd, env: { ...process.env, TERM: 'xterm-256color', SHELL: '/bin/sh', ...options.env },
    });
    this.child.stdin.on('error', () => undefined);
    this.child.stdout.setEncoding('utf8').on('data', (chunk: string) => this.read(chunk));
    this.child.on('close', (code) => { this.code = code ?? 255; });
  }

  public type(keys: string): void {
    this.child.stdin.write(keys);
  }

  /** What was written to the screen so far, in the order of writing, without colours and movements. */
  public get text(): string {
    return this.raw.replace(CONTROL, ' ');
  }

  /** Waits until the program has written something. */
  public async shows(pattern: RegExp, seconds = 60): Promise<void> {
    await eventually(`the terminal shows ${pattern}`, seconds, async () => {
      if (pattern.test(this.text)) {
        return true;
      }
      if (this.code !== undefined) {
        throw new Error(
          `The terminal's program ended with ${this.code} before it showed ${pattern}:\n${tail(this.text)}`,
        );
      }
      return undefined;
    }).catch((error: Error) => { throw new Error(`${error.message}\n${tail(this.text)}`); });
  }

  public get ended(): boolean {
    return this.code !== undefined;
  }

  public close(): void {
    if (!this.ended) {
      this.child.kill('SIGHUP');
    }
  }

  private read(chunk: string): void {
    this.raw += chunk;
    QUESTION.lastIndex = this.answered;
    for (let match = QUESTION.exec(this.raw); match !== null; match = QUESTION.exec(this.raw)) {
      this.answered = QUESTION.lastIndex;
      this.type(answerTo(match[0]));
    }
  }
}
