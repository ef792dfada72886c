import { jsonEscaped, UNSEEN } from '../unseen';

/** It could forge a line of a listing, or hide words for the model in it. */
const UNSAFE = new RegExp(`[\\u0000-\\u001f${UNSEEN}]`, 'gu');

/** A name as it may stand in a line of output: as it is, or quoted like a JSON string when it could be misread. */
export function showName(name: string): string {
  UNSAFE.lastIndex = 0;
  return UNSAFE.test(name) || name.startsWith('"') || name.trim() !== name ? escapeUnsafe(JSON.stringify(name)) : name;
}

/** Text of a program, with the characters that steer a terminal made visible. */
export function showOutput(text: string): string {
  // A carriage return before a line feed is a line end, not a way to write over a line.
  return text.replace(/\r(?!\n)|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g,
    character => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function escapeUnsafe(text: string): string {
  return text.replace(UNSAFE, jsonEscaped);
}
