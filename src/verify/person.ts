import { spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';

const MILLISECONDS = 5_000;

/** Returns the user name of git, otherwise of the system. */
export function personHere(root: string): string {
  const { stdout } = spawnSync('git', ['config', 'user.name'], {
    cwd: root,
    encoding: 'utf8',
    timeout: MILLISECONDS,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const name = (stdout ?? '').trim();
  return name === '' ? userName() : name;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // users in containers may have no name
    return 'unknown';
  }
}
