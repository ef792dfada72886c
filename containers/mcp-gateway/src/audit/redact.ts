import { SECRET_SHAPES } from './secret-shapes';

/** Replaces a secret. */
export const REDACTED = '[redacted]';

/** Credentials that are known by their issuer, by the text before them or by their alphabet. */
const SHAPES: readonly RegExp[] = [
  ...SECRET_SHAPES.map(([, shape]) => new RegExp(shape, 'g')),
  /\bBearer\s+\S+/gi,
  /\bBasic\s+[A-Za-z0-9+/=]{8,}/gi,
  /(?:[0-9a-f]{32,}|[0-9A-F]{32,})/g,
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi,
  /(?<![A-Za-z0-9])(?=[A-Z]*[2-7])[A-Z2-7]{20,}(?![A-Za-z0-9])/g,
  /(?<=[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+(?=@)/gi,
  /(?<=(?:password|passwd|passphrase|secret|token|api[_-]?key)["']?\s{0,8}[=:]\s{0,8})[^\s,;&]+/gi,
];

/**
 * Runs that may be a key in base64, base64url or another alphabet: within a segment of a path first, over several then.
 */
const RUNS: readonly RegExp[] = [/[A-Za-z0-9+_=-]{20,}/g, /[A-Za-z0-9+/_=-]{20,}/g];

const MIN_LETTERS = 18;
/**
 * Letters a unit. Words and numbers are longer on average, random text is at 1.6 (base64) to 2.5 (lower case and
 * digits).
 */
const MAX_UNIT = 3.4;

/**
 * Takes out what looks like a secret. For text that a client chose: a secret that was pasted into the wrong place must
 * not stay in a log for years. Random text is distinguished from names by how often it changes between letters,
 * capitals and digits.
 */
export function redactSecrets(text: string): string {
  const known = SHAPES.reduce((kept, shape) => kept.replace(shape, REDACTED), text);
  return RUNS.reduce((kept, run) => kept.replace(run, (word) => (looksRandom(word) ? REDACTED : word)), known);
}

function looksRandom(word: string): boolean {
  const letters = word.replace(/[^A-Za-z0-9]/g, '');
  const units = letters.match(/[A-Z]?[a-z]+|[A-Z]+|[0-9]+/g) ?? [];
  return letters.length >= MIN_LETTERS && letters.length / units.length < MAX_UNIT;
}
