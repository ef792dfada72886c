import { SECRET_SHAPES } from './secret-shapes';
import { Finding } from '../../model/finding';

const SHAPES: typeof SECRET_SHAPES = [
  ...SECRET_SHAPES,
  // One slash: a path may have been made of the address.
  ['a password in an address', /\b[a-z][a-z0-9+.-]*:\/{1,2}[^/\s:@]+:[^/\s:@]+@/i],
];

/** Returns the name of the first kind of secret in a text; undefined when there is none. */
export function secretIn(text: string): string | undefined {
  return SHAPES.find(([, shape]) => shape.test(text))?.[0];
}

/** Replaces everything in a text that has the shape of a secret by the name of its kind. */
export function withoutSecrets(text: string): string {
  return SHAPES.reduce(
    (left, [name, shape]) => left.replace(new RegExp(shape, `${shape.flags}g`), `(${name})`),
    text,
  );
}

/** Maximum length of a message in characters. */
const LONGEST = 1000;

/** Redacts secrets and limits the length: messages quote values, which may be secret or huge. */
export function redactFindings(findings: readonly Finding[]): Finding[] {
  return findings.map((one) => ({ ...one, path: one.path && redact(one.path), message: redact(one.message) }));
}

function redact(text: string): string {
  const shown = withoutSecrets(text);
  return shown.length <= LONGEST
    ? shown
    : `${shown.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}… (${shown.length} characters)`;
}

/** Returns an image reference for messages, without credentials before an `@`. */
export function imageText(reference: string): string {
  return reference.replace(/^.*@(?!sha256:)/s, '…@');
}
