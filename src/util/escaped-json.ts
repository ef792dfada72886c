import { UNSEEN } from './unseen';

/** What a terminal obeys or hides, and JSON.stringify leaves as it is. */
const LEFT = new RegExp(`[${UNSEEN}]`, 'gu');

/** The same JSON with everything that a terminal would obey or hide written as an escape: it may be printed. */
export function escapedJson(json: string): string {
  return json.replace(LEFT, (character) => character.split('').map(escaped).join(''));
}

/** JSON knows escapes of UTF-16 only. */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
