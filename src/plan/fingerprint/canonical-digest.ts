import { sha256 } from '../../model/fingerprint';
import { compareText } from '../collections';

/** Digest of plain data: the same for the same content, in whatever order its keys were set. */
export function canonicalDigest(content: unknown): string {
  return sha256(
    JSON.stringify(content, (_, value: unknown) => (isMap(value) ? sortedKeys(value) : value)) ?? 'undefined',
  );
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sortedKeys(map: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => compareText(a, b)));
}
