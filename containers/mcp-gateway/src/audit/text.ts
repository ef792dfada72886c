import { createHash } from 'node:crypto';
import { jsonEscaped } from '../invisible';

/** Longest text a record keeps as it was given. */
export const MAX_TEXT = 256;

/** Enough of a long text to find secrets that begin within the part that is kept. */
const LOOKED_AT = MAX_TEXT * 4;
/** A secret that is cut where looking ends may not be found; that much of the end is left out. */
const CUT_SHORT = MAX_TEXT;

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/** Makes a text fit for a record: secrets taken out, cut to a bounded length with the length and hash of the whole. */
export function auditText(text: string, redact: Redact): string {
  const redacted = redact(text.slice(0, LOOKED_AT));
  if (text.length <= MAX_TEXT) {
    return redacted.slice(0, MAX_TEXT);
  }
  const kept = text.length <= LOOKED_AT ? MAX_TEXT : Math.min(MAX_TEXT, Math.max(0, redacted.length - CUT_SHORT));
  const sha256 = createHash('sha256').update(text).digest('hex');
  return `${redacted.slice(0, kept)}[cut: ${text.length} characters, sha256 ${sha256}]`;
}

/** JSON of printable ASCII alone, so that showing the file cannot drive a terminal, on one line for every reader. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, jsonEscaped);
}
