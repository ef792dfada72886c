import { CheckCommandLine } from './check-command';
import { OutputFacts, OutputLog } from './output-log';
import { Ending, runGroup } from './process-group';
import { Redactor } from './redaction/redactor';
import { CheckPlan } from '../plan/plan';

/** What was seen of one run. */
export interface CheckRun {
  readonly passed: boolean;
  /** Why it failed. */
  readonly reason?: string;
  /** Undefined when a signal or the timeout ended it. */
  readonly exitCode?: number;
  readonly output: OutputFacts;
  readonly seconds: number;
}

/** A run that came to no end of its own, and why. */
export interface NoRun {
  readonly problem: string;
}

const NOT_EXECUTABLE = 126;
const NOT_FOUND = 127;

/** Runs the command of a check in the project's folder. */
export async function runCheck(
  check: CheckPlan, command: CheckCommandLine, root: string, redactor: Redactor, abort: AbortSignal,
): Promise<CheckRun | NoRun> {
  const begin = process.hrtime.bigint();
  const log = new OutputLog(redactor, check.expectedOutput);
  const ending = await runGroup(command.words, {
    cwd: root, environment: command.environment, seconds: check.timeoutSeconds, abort, hear: (bytes) => log.hear(bytes),
  });
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  const output = log.end();
  if (ending.kind === 'aborted') return { problem: 'it was interrupted' };
  if (ending.kind === 'not-started') return { problem: redactor.text(`it could not be started: ${ending.reason}`) };
  const reason = whyFailed(check, ending, output);
  const exitCode = ending.kind === 'ended' ? ending.code ?? undefined : undefined;
  return { passed: reason === undefined, reason, exitCode, output, seconds };
}

type OwnEnding = Exclude<Ending, { kind: 'aborted' | 'not-started' }>;

function whyFailed({ timeoutSeconds, expectedOutput }: CheckPlan, ending: OwnEnding, output: OutputFacts): string | undefined {
  if (ending.kind === 'timeout') return `stopped after ${timeoutSeconds} s`;
  const { code, signal } = ending;
  if (code === null) return `ended by ${signal}`;
  if (code === NOT_FOUND) return `exit code ${code}, as when a program is not found`;
  if (code === NOT_EXECUTABLE) return `exit code ${code}, as when a program may not be executed`;
  if (code !== 0) return `exit code ${code}`;
  return output.hasExpected ? undefined : `exit code 0, but the output lacks ${JSON.stringify(expectedOutput)}`;
}
