import { jsonEscaped, INVISIBLE } from '../invisible';

/** It could forge a line of a listing, or hide words for the model in it. */
const UNSAFE = new RegExp(`[\\u0000-\\u001f${INVISIBLE}]`, 'gu');

/**
 * Returns a name as it may stand in a line of output: as it is, or quoted like a JSON string when it could be misread.
 */
export function showName(name: string): string {
  UNSAFE.lastIndex = 0;
  return UNSAFE.test(name) || name.startsWith('"') || name.trim() !== name ? quoted(name) : name;
}

/** Returns a text as a JSON string in which every character can be seen. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(UNSAFE, jsonEscaped);
}

/** Returns text of a program, with the characters that steer a terminal made visible. */
export function showOutput(text: string): string {
  // A carriage return before a line feed is a line end, not a way to write over a line.
  return text.replace(/\r(?!\n)|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, (character) =>
    byteEscaped(character.charCodeAt(0)),
  );
}

const ESCAPED = Array.from({ length: 256 }, (_, byte) => `\\x${byte.toString(16).padStart(2, '0')}`);

/** Returns a byte as `\xe9`. */
export function byteEscaped(byte: number): string {
  return ESCAPED[byte];
}
