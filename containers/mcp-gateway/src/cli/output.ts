import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { jsonEscaped, INVISIBLE } from '../invisible';

/** How a command ended. */
export const Exit = { ok: 0, refused: 1, usage: 2 } as const;

/** Line feeds stay. */
const UNPRINTABLE = new RegExp(`[\\u0000-\\u0009\\u000b-\\u001f${INVISIBLE}]`, 'gu');

/** Escapes control characters: input must not drive the terminal. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, jsonEscaped);
}

export function print(text: string): void {
  process.stdout.write(`${printable(text)}\n`);
}

export function printError(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

/**
 * Standard output for the protocol alone: all other output from now on, such as a dependency's
 * console.log, goes to standard error. Call it before anything heavy is loaded.
 */
export function takeStdout(): Writable {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
  globalThis.console = new Console(process.stderr);
  return new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _, callback) {
      write(chunk, (error) => callback(error ?? null));
    },
  });
}
