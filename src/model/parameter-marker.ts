import { createHash, randomBytes } from 'node:crypto';

/**
 * Returns a text that stands for a parameter. It is random, so that no text of another origin can pass for it. The name
 * comes first: it decides how markers sort.
 */
export function textMarker(name: string): string {
  return `\${Parameter[${name.replace(/\W/g, '_')}.${randomBytes(8).toString('hex')}]}`;
}

/**
 * Returns a whole number that stands for a parameter, below every value that a property takes. Its upper bits come from
 * the path, so that lists of numbers sort in the same way on every run; the lower ones are random.
 */
export function numberMarker(path: string): number {
  const upper = createHash('sha256').update(path).digest().readUIntBE(0, 3) % 2 ** 20;
  return -(2 ** 52 + upper * 2 ** 32 + randomBytes(4).readUInt32BE());
}
