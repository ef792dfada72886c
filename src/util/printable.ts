import { escapeSequence, UNSEEN_IN_LINE } from './unseen';

const UNPRINTABLE = new RegExp(`[${UNSEEN_IN_LINE}]`, 'u');
const EVERY_UNPRINTABLE = new RegExp(UNPRINTABLE.source, 'gu');

/** Returns whether a text holds control or invisible characters. */
export function isUnprintable(text: string): boolean {
  return UNPRINTABLE.test(text);
}

/** Escapes control and invisible characters, so that the text can be printed to a terminal. */
export function printable(text: string): string {
  return text.replace(EVERY_UNPRINTABLE, escapeSequence);
}
