import { spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';

const MILLISECONDS = 5_000;

/** Who works here, as version control or the system knows them. */
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
    // a container may run as a user without a name
    return 'unknown';
  }
}
