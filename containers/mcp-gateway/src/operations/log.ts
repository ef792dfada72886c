import pino, { Logger } from 'pino';
import { jsonEscaped, INVISIBLE } from '../invisible';

export type { Logger } from 'pino';

/** The lowest level that is logged. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = typeof LOG_LEVELS[number];

/** What JSON leaves as it is, and a terminal obeys or hides. */
const LEFT = new RegExp(`[${INVISIBLE}]`, 'gu');

/**
 * The operator's log: one JSON object a line on standard error, whatever text is in it. Standard output belongs to the
 * protocol, and to what a person asked for.
 */
export function createLog(
  level: LogLevel,
  write: (line: string) => void = (line) => void process.stderr.write(line),
): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => write(line.replace(LEFT, jsonEscaped)) },
  );
}
