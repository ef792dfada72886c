/* eslint-disable @typescript-eslint/no-require-imports -- what runs an app is loaded when it is known which kind, what reads its result while it runs */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppEnding, Listener } from './app-ending';
import { explainAppError } from './app-error';
import { hostApp, scriptOf } from './app-host';
import { cliFinding, Failure } from './failure';
import { Interrupted } from './interrupted';
import { ProjectFile } from './project-file';
import { Terminal } from './terminal';
import { LastWords, watchProcess } from './watchdog';
import { DOCUMENT_VARIABLE, REQUEST_VARIABLE, SynthRequest } from '../assembly/document';
import { ReadResult } from '../assembly/read-document';

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
 * @throws Failure when it cannot be started, fails, hangs, or hands nothing over; Interrupted when this process is told to end.
 */
export async function runApp(project: ProjectFile, options: AppOptions, terminal: Terminal): Promise<ReadResult> {
  const scratch = mkdtempSync(join(tmpdir(), 'toolbox-'));
  try {
    const file = join(scratch, 'document.json');
    const ended = run(project, scratch, file, options, terminal);
    const { readDocument } = require('../assembly/read-document') as typeof import('../assembly/read-document');
    options.meanwhile?.();
    const ending = await ended;
    if (options.verbose) terminal.err(ending.unheard);
    judge(project, ending, existsSync(file), options.timeoutSeconds);
    if (!options.verbose) terminal.err(ending.unheard);
    return readDocument(file);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function run(project: ProjectFile, scratch: string, file: string, options: AppOptions, terminal: Terminal): Promise<AppEnding> {
  const { timeoutSeconds, verbose, lastWords, request = 'files' } = options;
  const variables = { [DOCUMENT_VARIABLE]: file, [REQUEST_VARIABLE]: request };
  const script = scriptOf(project.app);
  if (script !== undefined) {
    const watch = () => watchProcess(timeoutSeconds, lastWords(lateFailure(project, timeoutSeconds)), scratch);
    return hostApp(project, script, variables, timeoutSeconds, watch);
  }
  const { runInProcess } = require('./app-process') as typeof import('./app-process');
  return runInProcess(project, { ...process.env, ...variables }, timeoutSeconds, new Listener(verbose ? terminal : undefined));
}

function judge(project: ProjectFile, { code, signal, said, stoppedBy }: AppEnding, handedOver: boolean, seconds: number): void {
  if (stoppedBy === 'timeout') throw lateFailure(project, seconds);
  if (stoppedBy !== undefined) throw new Interrupted(stoppedBy);
  if (code !== 0) {
    const how = signal === null ? `exit code ${code}` : signal;
    if (said === undefined) throw new Failure(cliFinding('app-failed', `The app failed (${how}).`));
    const { message, location } = explainAppError(said, project.root);
    throw new Failure(cliFinding('app-failed', `The app failed (${how}): ${message}`, location));
  }
  if (!handedOver) throw new Failure(cliFinding('app-silent', `The app ended without a result: ${project.app.join(' ')}`));
}

function lateFailure({ app }: ProjectFile, seconds: number): Failure {
  return new Failure(cliFinding('app-timeout', `The app did not end within ${seconds} s: ${app.join(' ')}`));
}
