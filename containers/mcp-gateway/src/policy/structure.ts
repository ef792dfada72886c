export interface StructureLimits {
  readonly depth: number;
  /** Members and elements, all levels together. */
  readonly elements: number;
}

/**
 * Whether a value is larger than its limits, or holds something no reader should take. Walks without recursion, so that
 * depth costs no stack.
 *
 * @param scalarProblem asked of each text, number, boolean and null, keys included
 * @returns what is wrong; undefined when nothing is
 */
export function structureProblem(
  root: unknown,
  limits: StructureLimits,
  scalarProblem: (value: unknown) => string | undefined = () => undefined,
): string | undefined {
  const waiting: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 0 }];
  let elements = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) {
      const problem = scalarProblem(value);
      if (problem !== undefined) {
        return problem;
      }
      continue;
    }
    if (depth >= limits.depth) {
      return `it is nested deeper than ${limits.depth}`;
    }
    if (Object.hasOwn(value, '__proto__')) {
      return 'a member is called __proto__';
    }
    const children: readonly unknown[] = Array.isArray(value) ? value : Object.entries(value).flat();
    elements += Array.isArray(value) ? children.length : children.length / 2;
    if (elements > limits.elements) {
      return `it holds more than ${limits.elements} values`;
    }
    for (const child of children) {
      waiting.push({ value: child, depth: depth + 1 });
    }
  }
  return undefined;
}
