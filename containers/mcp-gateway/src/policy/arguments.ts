/** More values than a tool's arguments ever need; a list of millions must not reach a validator. */
export const MAX_ARGUMENT_ELEMENTS = 1000;
export const MAX_ARGUMENT_DEPTH = 16;

/**
 * What no tool takes as an argument, whatever its schema: values that readers of JSON do not agree on, or that only cost.
 * Walks without recursion, so depth costs no stack.
 *
 * @returns what is wrong; undefined when nothing is
 */
export function argumentProblem(args: unknown): string | undefined {
  const waiting: { readonly value: unknown; readonly depth: number }[] = [{ value: args, depth: 0 }];
  let elements = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, depth } = next;
    if (typeof value === 'object' && value !== null) {
      if (depth >= MAX_ARGUMENT_DEPTH) {
        return `the arguments are nested deeper than ${MAX_ARGUMENT_DEPTH}`;
      }
      if (Object.hasOwn(value, '__proto__')) {
        return 'an argument is called __proto__';
      }
      const children: readonly unknown[] = Array.isArray(value) ? value : Object.entries(value).flat();
      elements += children.length;
      if (elements > MAX_ARGUMENT_ELEMENTS) {
        return `the arguments hold more than ${MAX_ARGUMENT_ELEMENTS} values`;
      }
      waiting.push(...children.map((child) => ({ value: child, depth: depth + 1 })));
      continue;
    }
    const problem = scalarProblem(value);
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
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
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? 'a whole number is beyond 2^53-1 and would be rounded' : undefined;
}
