import { escapeSequence, UNSEEN, UNSEEN_IN_LINE } from './unseen';

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

/** Control and invisible characters that JSON.stringify does not escape. */
const LEFT = new RegExp(`[${UNSEEN}]`, 'gu');

/** Escapes control and invisible characters in JSON, so that it can be printed to a terminal. */
export function escapedJson(json: string): string {
  return json.replace(LEFT, (character) => character.split('').map(escaped).join(''));
}

/** Returns the JSON escape of a UTF-16 code unit. */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A text as a message shows it: short, on one line, in quotes, with every invisible character as an escape. */
export function quote(text: string): string {
  return JSON.stringify(shorten(text)).replace(/[\u007f-\uffff]/g, (unit) =>
    isVisible(unit) ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The beginning of a text, of at most 80 characters. */
export function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function isVisible(unit: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(unit);
}
