// what a terminal obeys or hides, and JSON.stringify leaves as it is
const UNSEEN = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The same JSON with everything that a terminal would obey or hide written as an escape: it may be printed. */
export function escapedJson(json: string): string {
  return json.replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
