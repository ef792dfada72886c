import { createHash } from 'node:crypto';
import { FingerprintPart } from './evidence';

/** Digest over named parts, whatever their order: `sha256:` and 64 hexadecimal digits. */
export function fingerprintOf(parts: readonly FingerprintPart[]): string {
  return sha256(parts.map(({ name, digest }) => `${name} ${digest}\n`).sort().join(''));
}

/** SHA-256 of a text in UTF-8: `sha256:` and 64 hexadecimal digits. */
export function sha256(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
