import { escapeSequence, UNSEEN_IN_LINE } from './unseen';

const UNPRINTABLE = new RegExp(`[${UNSEEN_IN_LINE}]`, 'u');
const EVERY_UNPRINTABLE = new RegExp(UNPRINTABLE.source, 'gu');

/** Whether a text holds a character that a terminal would obey or hide. */
export function isUnprintable(text: string): boolean {
  return UNPRINTABLE.test(text);
}

/** The text with every character that a terminal would obey or hide written as an escape. */
export function printable(text: string): string {
  return text.replace(EVERY_UNPRINTABLE, escapeSequence);
}
