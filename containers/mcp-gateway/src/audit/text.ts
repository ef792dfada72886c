import { createHash } from 'node:crypto';
import { jsonEscaped } from '../unseen';

/** Longest text a record keeps as it was given. */
export const MAX_TEXT = 256;

/** Enough of a long text to find secrets that begin within the part that is kept. */
const LOOKED_AT = MAX_TEXT * 4;

/**
 * What looks like a credential. The audit keeps no arguments, so this is for the few texts a client can still place in a record,
 * such as the name of a tool that does not exist.
 */
const SECRETS = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*/g,
  /\bBearer\s+\S+/gi,
  /\bBasic\s+[A-Za-z0-9+/=]{8,}/gi,
  /\bgh[a-z]_[A-Za-z0-9]{16,}/g,
  /\bgithub_pat_\w{16,}/g,
  /\bgl[a-z]{2,4}-[\w-]{16,}/g,
  /\bsk-[\w-]{16,}/g,
  /\bxox[a-z]-[\w-]{8,}/g,
  /\bnpm_[A-Za-z0-9]{16,}/g,
  /\bA[KS]IA[A-Z0-9]{16}/g,
  /\bAIza[\w-]{30,}/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}(\.[\w-]*)?/g,
  /\b(?:[0-9a-f]{40,}|[0-9A-F]{40,})\b/g,
];

/** A digest the gateway itself writes; it looks like a secret and is none. */
const DIGEST = /^(?:sha256:)?[0-9a-f]{64}$/;

/** Makes a text fit for a record: secrets taken out, cut to a bounded length with the length and hash of the whole. */
export function auditText(text: string): string {
  if (DIGEST.test(text)) {
    return text;
  }
  const redacted = SECRETS.reduce((kept, secret) => kept.replace(secret, '[redacted]'), text.slice(0, LOOKED_AT));
  if (text.length <= MAX_TEXT) {
    return redacted.slice(0, MAX_TEXT);
  }
  const sha256 = createHash('sha256').update(text).digest('hex');
  return `${redacted.slice(0, MAX_TEXT)}[cut: ${text.length} characters, sha256 ${sha256}]`;
}

/** JSON of printable ASCII alone, so that showing the file cannot drive a terminal, on one line for every reader. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, jsonEscaped);
}
