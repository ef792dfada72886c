import { CheckCommandLine } from './check-command';
import { OutputFacts, OutputLog } from './output-log';
import { Ending, runGroup } from './process-group';
import { Redactor } from './redaction/redactor';
import { CheckPlan } from '../plan/plan';
import { COULD_NOT_RUN } from '../util/errors';

/** The result of a run. */
export interface CheckRun {
  readonly passed: boolean;
  /** Reason of a failure. */
  readonly reason?: string;
  /** Undefined after a signal or a timeout. */
  readonly exitCode?: number;
  readonly output: OutputFacts;
  readonly seconds: number;
}

/** A run that does not count as evidence, with the reason. */
export interface NoRun {
  readonly problem: string;
  /** Whether the command calls a missing program. */
  readonly missing: boolean;
}

const NOT_EXECUTABLE = 126;
const NOT_FOUND = 127;

/** Runs the command of a check in the project folder. */
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
  if (ending.kind === 'aborted') { return { problem: 'it was interrupted', missing: false }; }
  if (ending.kind === 'not-started') {
    return { problem: redactor.text(`it could not be started: ${ending.reason}`), missing: true };
  }
  const exitCode = ending.kind === 'ended' ? ending.code ?? undefined : undefined;
  const problem = exitCode === undefined ? undefined : whyNoRun(exitCode, output);
  if (problem !== undefined) { return { problem, missing: exitCode !== COULD_NOT_RUN }; }
  const reason = whyFailed(check, ending, output);
  return { passed: reason === undefined, reason, exitCode, output, seconds };
}

type OwnEnding = Exclude<Ending, { kind: 'aborted' | 'not-started' }>;

function whyFailed(
  { timeoutSeconds, expectedOutput }: CheckPlan,
  ending: OwnEnding,
  output: OutputFacts,
): string | undefined {
  if (ending.kind === 'timeout') {
    return `stopped after ${timeoutSeconds} s`;
  }
  const { code, signal } = ending;
  if (code === null) {
    return `ended by ${signal}`;
  }
  if (code !== 0) {
    return `exit code ${code}`;
  }
  return output.hasExpected
    ? undefined
    : `exit code 0, but the output does not contain ${JSON.stringify(expectedOutput)}`;
}

function whyNoRun(exitCode: number, { tail }: OutputFacts): string | undefined {
  switch (exitCode) {
    case COULD_NOT_RUN: return `it could not run here: ${lastLine(tail) ?? `exit code ${exitCode}`}`;
    case NOT_FOUND: return `exit code ${exitCode}, usually a program that is not found`;
    case NOT_EXECUTABLE: return `exit code ${exitCode}, usually a program that is not executable`;
    default: return undefined;
  }
}

function lastLine(text: string): string | undefined {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '').at(-1);
}
