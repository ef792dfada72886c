import { jsonEscaped, UNSEEN } from '../unseen';

/** How a command ended. */
export const Exit = { ok: 0, refused: 1, usage: 2 } as const;

/** Line feeds stay. */
const UNPRINTABLE = new RegExp(`[\\u0000-\\u0009\\u000b-\\u001f${UNSEEN}]`, 'gu');

/** Written by a person or a file of theirs: it must not move the terminal it is shown on. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, jsonEscaped);
}

export function say(text: string): void {
  process.stdout.write(`${printable(text)}\n`);
}

export function complain(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}
