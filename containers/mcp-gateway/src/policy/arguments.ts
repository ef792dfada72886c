import { StructureLimits, structureProblem } from './structure';

/** More than a tool's arguments ever need; a list of millions must not reach a validator. */
export const ARGUMENT_LIMITS: StructureLimits = { depth: 16, elements: 1000 };

/**
 * What no tool takes as an argument, whatever its schema: values that readers of JSON do not agree on, or that only
 * cost.
 *
 * @returns what is wrong; undefined when nothing is
 */
export function argumentProblem(args: unknown): string | undefined {
  return structureProblem(args, ARGUMENT_LIMITS, scalarProblem);
}

function scalarProblem(value: unknown): string | undefined {
  if (typeof value === 'string') {
    return /\p{Surrogate}/u.test(value) ? 'a text holds half a character (a lone surrogate)' : undefined;
  }
  if (typeof value !== 'number') {
    return undefined;
  }
  if (!Number.isFinite(value)) {
    return 'a number is too large to be represented';
  }
  if (Object.is(value, -0)) {
    return 'a number is negative zero';
  }
  return Number.isInteger(value) && !Number.isSafeInteger(value)
    ? 'a whole number is beyond 2^53-1 and would be rounded'
    : undefined;
}
