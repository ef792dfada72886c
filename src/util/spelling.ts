// ~~ Copied by projen. To modify, edit containers/mcp-gateway/src/workspace/spelling.ts and run "npx projen".
import { Spelling } from './glob';

/**
 * Maps all spellings of a name that a file system may treat as one to the same text: those of macOS and Windows, and
 * Linux' own with case folding, ignore case, and how letters are composed. A name is closed when it is in either of
 * them.
 */
export const SPELLINGS: readonly Spelling[] = [letterByLetter, asWhole];

/** Each letter becomes one letter, so that a `?` still matches one. */
export function letterByLetter(text: string): string {
  return isAscii(text) ? text.toUpperCase() : Array.from(text.normalize('NFC'), upperOf).join('');
}

/** As file systems do it that take \u00df for ss, and pass over what has no form of its own. */
export function asWhole(text: string): string {
  return isAscii(text)
    ? text.toUpperCase()
    : text
      .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
      .toLowerCase()
      .toUpperCase()
      .normalize('NFC');
}

function upperOf(letter: string): string {
  // Not every letter is the lower form of its upper one: the sign for kelvin is a k.
  const upper = letter.toLowerCase().toUpperCase();
  return Array.from(upper).length === 1 ? upper : letter;
}

export function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}
