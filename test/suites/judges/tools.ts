import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { CannotJudge } from './cannot-judge';

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The programs that `install.sh` put into one folder, and those of the machine. */
export class Tools {
  constructor(private readonly scratch: string) {}

  /**
   * Runs a program to its end, with a home of its own: neither a person's configuration nor a variable of the caller
   * plays a part.
   *
   * @param statuses exit codes with which it says that it did its work
   * @throws CannotJudge when it cannot be started or ends with another exit code
   */
  public run(program: string, args: readonly string[], statuses: readonly number[] = [0, 1], cwd?: string): Ran {
    const home = join(this.scratch, 'home');
    mkdirSync(home, { recursive: true });
    const { status, stdout, stderr, error } = spawnSync(this.find(program), args, {
      encoding: 'utf8',
      cwd,
      timeout: 180_000,
      maxBuffer: 256 * 1024 * 1024,
      // a few judges colour what nobody sees, ask for news of themselves, or talk to their maker
      env: { PATH: this.path(), HOME: home, NO_COLOR: '1', LC_ALL: 'C.UTF-8', ...kept('DOCKER_HOST') },
    });
    if (error !== undefined || status === null || !statuses.includes(status)) {
      throw new CannotJudge(
        `${program} ${args.slice(0, 3).join(' ')}: ` +
          `${error?.message ?? `exit code ${String(status)}: ${stderr || stdout}`}`,
      );
    }
    return { status, stdout, stderr };
  }

  /**
   * Runs a program and reads the JSON that it prints.
   *
   * @throws CannotJudge as {@link run}, and when it prints no JSON
   */
  public json<T>(program: string, args: readonly string[]): T {
    const { stdout, stderr } = this.run(program, args);
    try {
      return JSON.parse(stdout) as T;
    } catch {
      throw new CannotJudge(`${program} printed no JSON: ${stderr || stdout.slice(0, 500)}`);
    }
  }

  /** The version of a program that Go built: it is written into the program, and nothing else is asked for it. */
  public moduleVersion(program: string): string {
    const version = /\nmod\t\S+\t(v[0-9][^\t\n]*)/.exec(readFileSync(this.find(program), 'latin1'))?.[1];
    if (version === undefined) {
      throw new CannotJudge(`${program} does not say of which version it is.`);
    }
    return version;
  }

  private find(program: string): string {
    return this.folders().map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? program;
  }

  private path(): string {
    return [...this.folders(), process.env.PATH ?? ''].join(delimiter);
  }

  private folders(): string[] {
    const cache =
      process.env.TOOLBOX_JUDGES ??
      join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'toolbox-constructs', 'judges');
    return [join(cache, 'bin'), join(cache, 'venv', 'bin')];
  }
}

function kept(name: string): Record<string, string> {
  const value = process.env[name];
  return value === undefined ? {} : { [name]: value };
}
