import { printable } from '../util/printable';
import { errorCode, systemReason } from '../util/system-error';

/** Exit codes of the command. */
export enum ExitCode {
  SUCCESS = 0,
  /** Findings that are errors, or drift. */
  FINDINGS = 1,
  /** Unknown command or option, or no project. */
  USAGE_ERROR = 2,
  /** Temporary failure, for example a registry that does not answer. */
  COULD_NOT_RUN = 75,
}

/** The output streams of a command. */
export interface Terminal {
  readonly outColor: boolean;
  readonly errColor: boolean;
  /** Whether stderr is a terminal, where lines can be redrawn. */
  readonly errIsScreen: boolean;
  /** Prints results, diffs and JSON to stdout. */
  out(text: string): void;
  /** Prints problems to stderr. */
  err(text: string): void;
}

/** Returns the streams of this process. */
export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) { stream.on('error', () => undefined); }
  let isLost = false;
  const lose = (error?: Error | null) => {
    // a closed pipe (head, less) is not an error
    if (!error || errorCode(error) === 'EPIPE' || isLost) { return; }
    isLost = true;
    process.stderr.write(
      `toolbox: the output could not be printed: ${systemReason(error) ?? printable(error.message)}.\n`,
    );
    process.once('exit', () => void (process.exitCode = ExitCode.FINDINGS));
  };
  return {
    out: (text) => void process.stdout.write(text, lose),
    err: (text) => void process.stderr.write(text),
    outColor: hasColor(process.stdout),
    errColor: hasColor(process.stderr),
    errIsScreen: process.stderr.isTTY === true && process.env.TERM !== 'dumb',
  };
}

/** Whether a stream shows colors: a terminal, unless NO_COLOR or TERM say otherwise; FORCE_COLOR overrides both. */
export function hasColor(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'hasColors'>, env = process.env): boolean {
  if (env.FORCE_COLOR !== undefined) { return !['0', 'false'].includes(env.FORCE_COLOR); }
  return stream.isTTY === true && (env.NO_COLOR ?? '') === '' && stream.hasColors(env);
}
