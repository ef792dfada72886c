import Module, { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { AppEnding } from './app-ending';
import { ProjectFile } from './project-file';
import { endsWithin } from './within-time';

/** A script that Node runs, and what it is given. */
export interface Script {
  readonly file: string;
  /** Modules to load first. */
  readonly hooks: readonly string[];
  readonly argv: readonly string[];
}

/** The script of a command of the shape `node -r HOOK SCRIPT ARGUMENTS`; undefined for any other command. */
export function scriptOf([program, ...words]: readonly string[]): Script | undefined {
  const hooks: string[] = [];
  let at = 0;
  while ((words[at] === '-r' || words[at] === '--require') && words[at + 1] !== undefined) {
    hooks.push(words[at + 1]);
    at += 2;
  }
  const file = words[at];
  return program !== 'node' || file === undefined || file.startsWith('-')
    ? undefined
    : { file, hooks, argv: words.slice(at + 1) };
}

/** Unwinds the app when it ends this process, which has something left to do. */
const ENDED = Symbol('ended');

/**
 * Runs the app inside this process, as `node` would: starting a second one takes longer than most models take to run.
 * The app then is what the process is there for, and the command speaks when the app has ended.
 *
 * @param watch ends the process when a later part of the app never gives way; returns how to call that off.
 */
export async function hostApp(
  project: ProjectFile,
  script: Script,
  variables: Readonly<Record<string, string>>,
  seconds: number,
  watch: () => () => void,
): Promise<AppEnding> {
  const restore = disguise(project, script, variables);
  let callOff: (() => void) | undefined;
  try {
    return await runToEnd(project, script, seconds, () => (callOff = watch()));
  } finally {
    callOff?.();
    restore();
  }
}

/** @param later called when the app has something to do after its script has run. */
function runToEnd(project: ProjectFile, script: Script, seconds: number, later: () => void): Promise<AppEnding> {
  return new Promise((settle) => {
    const end = (ending: Partial<AppEnding>) =>
      settle({ code: 0, signal: null, said: undefined, unheard: '', stoppedBy: undefined, ...ending });
    const fail = (error: unknown) => {
      if (error !== ENDED) { end({ code: 1, said: textOf(error), unheard: `${textOf(error)}\n` }); }
    };
    process.exit = (code) => {
      end({ code: Number(code ?? process.exitCode ?? 0) });
      throw ENDED;
    };
    process.on('uncaughtException', fail);
    process.once('beforeExit', () => end({ code: Number(process.exitCode ?? 0) }));
    setTimeout(end, seconds * 1000, { stoppedBy: 'timeout' }).unref();
    const idle = process.getActiveResourcesInfo().length;
    try {
      const inTime = endsWithin(Math.ceil(seconds * 1000), () => {
        const load = createRequire(join(project.root, 'toolbox.json'));
        script.hooks.forEach((hook) => void load(hook));
        (Module as unknown as { runMain(): void }).runMain();
        // what follows an await belongs to the script as well
        (process as unknown as { _tickCallback(): void })._tickCallback();
      });
      if (!inTime) { end({ stoppedBy: 'timeout' }); }
      if (process.getActiveResourcesInfo().length > idle) { later(); }
    } catch (error) {
      // as for an uncaught error: a monitor may improve the stack
      (process as NodeJS.EventEmitter).emit('uncaughtExceptionMonitor', error, 'uncaughtException');
      fail(error);
    }
  });
}

/** Makes this process look like the one the app expects; gives back how to undo it. */
function disguise(
  { root }: ProjectFile,
  { file, argv }: Script,
  variables: Readonly<Record<string, string>>,
): () => void {
  const { argv: ownArgv, exit } = process;
  const write = process.stdout.write;
  process.chdir(root);
  process.argv = [process.execPath, resolve(root, file), ...argv];
  Object.assign(process.env, variables);
  // what the app prints must not mix with --json
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof write;
  return () => {
    process.removeAllListeners('uncaughtException');
    Object.keys(variables).forEach((name) => delete process.env[name]);
    Object.assign(process, { argv: ownArgv, exit, exitCode: undefined });
    process.stdout.write = write;
  };
}

function textOf(error: unknown): string {
  const stack = (error as Partial<Error> | undefined)?.stack;
  if (typeof stack === 'string') { return stack; }
  return `Uncaught ${typeof error === 'string' ? error : inspect(error)}`;
}
