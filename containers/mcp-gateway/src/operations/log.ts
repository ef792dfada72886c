import pino, { Logger } from 'pino';

export type { Logger } from 'pino';

/** `debug`, `info`, `warn`, `error`: how much is said. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = typeof LOG_LEVELS[number];

/** What JSON leaves as it is and a terminal obeys: DEL, C1, line and paragraph separators, bidirectional controls. */
const CONTROLS = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * The operator's log: one JSON object a line on standard error, whatever text is in it. Standard output belongs to the
 * protocol, and to what a person asked for.
 */
export function createLog(level: LogLevel, write: (line: string) => void = (line) => void process.stderr.write(line)): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => write(line.replace(CONTROLS, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)) },
  );
}
