import { Content } from '../../model/config-file';

/** A TOML basic string; JSON's escapes are a part of TOML's. */
export function tomlString(text: string): string {
  return JSON.stringify(text).replace(/\u007f/g, '\\u007F');
}

/** A key of a TOML table: bare where TOML allows it, quoted otherwise. */
export function tomlKey(text: string): string {
  return /^[A-Za-z0-9_-]+$/.test(text) ? text : tomlString(text);
}

/** A TOML array of basic strings. */
export function tomlStrings(texts: readonly string[]): string {
  return `[${texts.map(tomlString).join(', ')}]`;
}

/** Pieces of a TOML text: lines as they stand, and pieces that a target resolves. */
export function tomlContent(...pieces: readonly (string | Content)[]): Content[] {
  return pieces.map((piece) => (typeof piece === 'string' ? Content.text(piece) : piece));
}
