import { ChildProcess, spawn } from 'node:child_process';
import { AppEnding, Listener, watch } from './app-ending';
import { ProjectFile } from './project-file';
import { Failure } from '../model/failure';
import { appFinding } from '../rules/reported/app';

const KILL_AFTER_MS = 2_000;
/** After its end a process that the app left behind may hold the pipe. */
const DRAIN_MS = 200;

/**
 * Runs the app as a process of its own.
 *
 * @throws Failure when it cannot be started.
 */
export async function runInProcess(
  project: ProjectFile,
  env: NodeJS.ProcessEnv,
  seconds: number,
  listener: Listener,
): Promise<AppEnding> {
  const child = started(project, env);
  listener.hear(child.stderr);
  const result: { code: number | null; signal: string | null } = { code: null, signal: null };
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (error) => reject(startFailure(project, error)));
    child.once('exit', () => setTimeout(() => child.stderr?.destroy(), DRAIN_MS).unref());
    child.once('close', (code, signal) => {
      Object.assign(result, { code, signal });
      resolve();
    });
  });
  const stoppedBy = await watch(ended, seconds, () => end(child));
  return { ...result, stoppedBy, said: listener.said, unheard: listener.unheard };
}

/** Some refusals of the system come as an event, others at once. */
function started(project: ProjectFile, env: NodeJS.ProcessEnv): ChildProcess {
  try {
    return start(project, env);
  } catch (error) {
    throw startFailure(project, error as NodeJS.ErrnoException);
  }
}

function start({ app: [program, ...args], root }: ProjectFile, env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(program === 'node' ? process.execPath : program, args, {
    cwd: root,
    env,
    // what the app prints must not mix with --json
    stdio: ['ignore', 2, 'pipe'],
    // a group of its own, so that its children end with it; Ctrl-C reaches it by way of this process
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
}

function end(child: ChildProcess): void {
  kill(child, 'SIGTERM');
  setTimeout(() => kill(child, 'SIGKILL'), KILL_AFTER_MS).unref();
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) { return; }
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // it ended in between
  }
}

function startFailure({ app: [program], appAt }: ProjectFile, error: NodeJS.ErrnoException): Failure {
  return new Failure(
    appFinding('app-start', `The app's program "${shortened(program)}" ${startProblem(error)}.`, { location: appAt }),
  );
}

function startProblem({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') { return 'was not found'; }
  if (code === 'EACCES') { return 'may not be executed'; }
  return `could not be started: ${message}`;
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}
