import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Plan } from '../plan/plan';

const TOOLBOX = join(__dirname, '..', '..', 'bin', 'toolbox');

/**
 * What the model says now; undefined when it has errors by now. In a process of its own: within one process an app runs
 * once. A group of its own, so that Ctrl-C does not end it before what was finished is recorded.
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
