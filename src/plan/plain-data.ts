/** Deeper than any object of Compose or Kubernetes. */
const DEEPEST = 32;

/** Readers of YAML look so far for the colon behind a key, quotes included. */
const LONGEST_KEY = 1000;

/** Called with every text of a value, keys of maps as well. */
export type Visit = (text: string) => void;

/**
 * Walks through what a person put in, which may be anything.
 *
 * @returns what no target can carry, beginning with its place in the value; undefined when all of it is plain data.
 */
export function walkData(value: unknown, visit: Visit = () => undefined): string | undefined {
  return walk(value, [], [], visit);
}

function walk(value: unknown, path: readonly string[], above: readonly unknown[], visit: Visit): string | undefined {
  switch (typeof value) {
    case 'string':
      visit(value);
      return undefined;
    case 'boolean':
      return undefined;
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(String(value))
        ? undefined
        : `${placeOf(path)} is ${value}, a number that readers of YAML take in different ways`;
    case 'object':
      return value === null ? undefined : walkObject(value, path, above, visit);
    default:
      return `${placeOf(path)} is ${value === undefined ? 'nothing' : `a ${typeof value}`}`;
  }
}

function walkObject(
  value: object,
  path: readonly string[],
  above: readonly unknown[],
  visit: Visit,
): string | undefined {
  if (above.includes(value)) {
    return `${placeOf(path)} contains itself`;
  }
  if (above.length === DEEPEST) {
    return `${placeOf(path.slice(0, 3))} is nested more than ${DEEPEST} deep`;
  }
  const around = [...above, value];
  if (Array.isArray(value)) {
    // not by some(), which passes over holes
    return firstOf(Array.from(value as unknown[]), (item, index) =>
      walk(item, [...path, String(index)], around, visit),
    );
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    return `${placeOf(path)} is neither text, number, boolean, list nor plain object`;
  }
  const long = Object.keys(value).find((key) => writtenLength(key) > LONGEST_KEY);
  if (long !== undefined) {
    return `${placeOf(path)} has a key of ${long.length} characters, more than readers of YAML take`;
  }
  // a property that is undefined is not written
  return firstOf(
    Object.entries(value).filter(([, item]) => item !== undefined),
    ([key, item]) => {
      visit(key);
      return walk(item, [...path, key], around, visit);
    },
  );
}

function firstOf<T>(items: readonly T[], problem: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = problem(item, index);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** The longest form of a key, in which everything but plain characters is an escape. */
function writtenLength(key: string): number {
  return key.length + 5 * (key.match(/[^\w./-]/g)?.length ?? 0);
}

function placeOf(path: readonly string[]): string {
  return path.length === 0 ? 'it' : JSON.stringify(path.join('.'));
}
