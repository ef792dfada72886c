import { createHash } from 'node:crypto';

/**
 * Names the policy in force: `sha256:` and the hash of the manifest in canonical form (RFC 8785: keys sorted, no white
 * space), so that two files that say the same have the same digest.
 */
export function manifestDigest(manifest: unknown): string {
  return `sha256:${createHash('sha256').update(canonical(manifest)).digest('hex')}`;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
