/** How a command ended. */
export const Exit = { ok: 0, refused: 1, usage: 2 } as const;

/** Written by a person or a file of theirs: it must not move the terminal it is shown on. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function say(text: string): void {
  process.stdout.write(`${printable(text)}\n`);
}

export function complain(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}
