import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const WHO = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};

/** Runs git as a person would, in a folder. */
export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', HOME: folder, GIT_CONFIG_GLOBAL: '/dev/null', ...WHO },
    timeout: 10_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** A repository of two commits, with a secret in its history. */
export function makeRepository(root: string): void {
  git(root, 'init', '-q', '-b', 'main');
  mkdirSync(join(root, 'src', 'deep'), { recursive: true });
  writeFileSync(join(root, 'a.x'), 'one\n');
  writeFileSync(join(root, 'src', 'deep', 'b.ts'), 'deep\n');
  writeFileSync(join(root, '.env'), 'TOKEN=SECRET\n');
  writeFileSync(join(root, '.gitattributes'), '*.x filter=x diff=x\n');
  git(root, 'add', '-A', '-f');
  git(root, 'commit', '-qm', 'first');
  writeFileSync(join(root, 'a.x'), 'two\n');
  git(root, 'commit', '-qam', 'second');
  git(root, 'tag', 'v1');
  git(root, 'branch', 'feature/one', 'HEAD~1');
}

/** A program that leaves a trace when it runs. */
export class Trap {
  public readonly program: string;
  private readonly trace: string;

  constructor(folder: string) {
    this.program = join(folder, 'trap.sh');
    this.trace = join(folder, 'trace');
    writeFileSync(this.program, `#!/bin/sh\necho "$0 $@" >> ${this.trace}\n`);
    chmodSync(this.program, 0o755);
  }

  /** Whether it ran since the last time it was asked. */
  public sprung(): boolean {
    const ran = existsSync(this.trace);
    rmSync(this.trace, { force: true });
    return ran;
  }
}
