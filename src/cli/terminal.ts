import { ExitCode } from './exit-code';
import { printable } from '../util/printable';
import { errorCode, systemReason } from '../util/system-error';

/** Where a command prints. */
export interface Terminal {
  readonly outColor: boolean;
  readonly errColor: boolean;
  /** Whether the side of what is wrong is a screen, where a line can be written again. */
  readonly errIsScreen: boolean;
  /** What was asked for: results, diffs, JSON. */
  out(text: string): void;
  /** What is wrong. */
  err(text: string): void;
}

/** The terminal, file or pipe this process was started with. */
export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) { stream.on('error', () => undefined); }
  let isLost = false;
  const lose = (error?: Error | null) => {
    // a reader that has seen enough (head, less) is no error
    if (!error || errorCode(error) === 'EPIPE' || isLost) { return; }
    isLost = true;
    process.stderr.write(
      `toolbox: what was asked for could not be printed: ${systemReason(error) ?? printable(error.message)}.\n`,
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
