import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppEnding, Listener } from './app-ending';
import { explainAppError } from './app-error';
import { hostApp, scriptOf } from './app-host';
import { ProjectFile } from './project-file';
import { LastWords, watchProcess } from './watchdog';
import { DOCUMENT_VARIABLE, REQUEST_VARIABLE, SynthRequest } from '../assembly/document';
import { ReadResult } from '../assembly/read-document';
import { systemFinding } from '../assembly/system-finding';
import { Failure } from '../model/failure';
import { appFinding } from '../rules/reported/app';
import { Interrupted } from '../util/errors';
import { lazy } from '../util/lazy';
import { errorCode } from '../util/system-error';

const reader = lazy(() => require('../assembly/read-document') as typeof import('../assembly/read-document'));
const child = lazy(() => require('./app-process') as typeof import('./app-process'));

export interface AppOptions {
  readonly timeoutSeconds: number;
  /** Lets the app's messages through as they come. */
  readonly verbose: boolean;
  readonly request?: SynthRequest;
  /** Called while the app runs: time to load what comes next. */
  readonly meanwhile?: () => void;
  /** How this command reports a failure, if it has to be said from outside. */
  readonly lastWords: (failure: Failure) => LastWords;
}

/**
 * Runs the app and reads what it hands over.
 *
 * @throws Failure when it cannot be started, fails, hangs, or hands nothing over; Interrupted when this process gets
 *   a signal to end.
 */
export async function runApp(
  project: ProjectFile,
  options: AppOptions,
  printError: (text: string) => void,
): Promise<ReadResult> {
  const scratch = makeScratch();
  try {
    const file = join(scratch, 'document.json');
    const ended = run(project, scratch, file, options, printError);
    const loaded = loadMeanwhile(options);
    const ending = await ended;
    if (options.verbose) {
      printError(ending.unheard);
    }
    judge(project, ending, existsSync(file), options.timeoutSeconds);
    if (!options.verbose) {
      printError(ending.unheard);
    }
    return located((await loaded)(file), project);
  } finally {
    removeScratch(scratch);
  }
}

function makeScratch(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'toolbox-'));
  } catch (error) {
    throw new Failure(systemFinding(error, `No folder could be made in "${tmpdir()}", where temporary files belong`));
  }
}

function removeScratch(scratch: string): void {
  try {
    rmSync(scratch, { recursive: true, force: true });
  } catch (error) {
    // systems clear such folders, and what was done is what counts
    if (errorCode(error) === undefined) { throw error; }
  }
}

/** An error waits until the app has ended, since the app may share this process. */
function loadMeanwhile({ meanwhile }: AppOptions): Promise<(file: string) => ReadResult> {
  const loading = new Promise<(file: string) => ReadResult>((resolve) => {
    const { readDocument } = reader();
    meanwhile?.();
    resolve(readDocument);
  });
  loading.catch(() => undefined);
  return loading;
}

function run(
  project: ProjectFile,
  scratch: string,
  file: string,
  options: AppOptions,
  printError: (text: string) => void,
): Promise<AppEnding> {
  const { timeoutSeconds, verbose, lastWords, request = 'files' } = options;
  const variables = { [DOCUMENT_VARIABLE]: file, [REQUEST_VARIABLE]: request };
  const script = scriptOf(project.app);
  if (script !== undefined) {
    const watch = () => watchProcess(timeoutSeconds, lastWords(lateFailure(project, timeoutSeconds)), scratch);
    return hostApp(project, script, variables, timeoutSeconds, watch);
  }
  return child().runInProcess(
    project,
    { ...process.env, ...variables },
    timeoutSeconds,
    new Listener(verbose ? printError : undefined),
  );
}

/** A document that cannot be read is reported at the app that wrote it. */
function located(result: ReadResult, { appAt }: ProjectFile): ReadResult {
  return result.document === undefined
    ? { findings: result.findings.map((finding) => ({ location: appAt, ...finding })) }
    : result;
}

function judge(
  project: ProjectFile,
  { code, signal, said, stoppedBy }: AppEnding,
  handedOver: boolean,
  seconds: number,
): void {
  if (stoppedBy === 'timeout') {
    throw lateFailure(project, seconds);
  }
  if (stoppedBy !== undefined) {
    throw new Interrupted(stoppedBy);
  }
  if (code !== 0) {
    const how = signal === null ? `exit code ${code}` : signal;
    if (said === undefined) {
      throw new Failure(appFinding('app-failed', `The app failed (${how}).`, { location: project.appAt }));
    }
    const { message, location = project.appAt } = explainAppError(said, project.root);
    throw new Failure(appFinding('app-failed', `The app failed (${how}): ${message}`, { location }));
  }
  if (!handedOver) {
    throw new Failure(
      appFinding('app-silent', `The app ended without a result: ${project.app.join(' ')}`, { location: project.appAt }),
    );
  }
}

function lateFailure({ app, appAt }: ProjectFile, seconds: number): Failure {
  return new Failure(
    appFinding('app-timeout', `The app did not end within ${seconds} s: ${app.join(' ')}`, { location: appAt }),
  );
}
