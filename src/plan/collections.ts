/** Order by code unit: the same on every machine, whatever the locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A sorted copy, by the texts that `key` gives. */
export function sortedBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...items].sort((a, b) => compareText(key(a), key(b)));
}

/** Items by their key, keys and items in the order in which they first appear. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  return groupPairs(items.map((item) => [key(item), item] as const));
}

/** Values under their keys, each list in the order of the pairs. */
export function groupPairs<T>(pairs: readonly (readonly [string, T])[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [value]);
    } else {
      group.push(value);
    }
  }
  return groups;
}

/** Returns the given properties of an object, and no others. */
export function pick<T, K extends keyof T>(value: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, value[name]])) as Pick<T, K>;
}

/** Returns a list, or nothing if it is empty: what states nothing is left out of a document. */
export function orNothing<T extends readonly unknown[]>(list: T): T | undefined {
  return list.length === 0 ? undefined : list;
}
