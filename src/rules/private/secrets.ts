import { SECRET_SHAPES } from './secret-shapes';

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
