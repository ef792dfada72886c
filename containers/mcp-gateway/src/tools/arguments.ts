import { z } from 'zod';
import { isWellFormed, MAX_PATH_BYTES } from '../workspace';

/** Text that has a UTF-8 form and that a C string can carry. */
export function plainText(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .refine((text) => !text.includes('\0') && isWellFormed(text), 'may not hold NUL or half a surrogate pair');
}

/** A path argument; the workspace decides whether it is allowed. */
export function pathArgument(description: string) {
  return plainText(MAX_PATH_BYTES).describe(description);
}

/** A whole number within limits. */
export function wholeNumber(minimum: number, maximum: number) {
  return z.number().int().min(minimum).max(maximum);
}
