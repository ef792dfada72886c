/** Control characters, line separators and what turns the direction of text: they could forge a line of a listing. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

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
  return text.replace(UNSAFE, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
