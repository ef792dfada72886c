import { UNSEEN } from './unseen';

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
