import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Plan } from '../plan/plan';

const TOOLBOX = join(__dirname, '..', '..', 'bin', 'toolbox');

/**
 * Returns the current plan; undefined if the model has errors. Uses a process, since an app runs only once per process,
 * and a process group, so that Ctrl-C does not end it before finished checks are recorded.
 */
export function rereadPlan(root: string, timeoutSeconds: string | undefined): Promise<Plan | undefined> {
  const timeout = timeoutSeconds === undefined ? [] : ['--timeout', timeoutSeconds];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [TOOLBOX, 'plan', '--quiet', ...timeout], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.once('error', () => resolve(undefined));
    child.once('close', (code) => resolve(code === 0 ? parse(Buffer.concat(parts).toString()) : undefined));
  });
}

function parse(text: string): Plan | undefined {
  try {
    return JSON.parse(text) as Plan;
  } catch {
    return undefined;
  }
}
