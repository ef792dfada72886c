/** Returns each item whose key appeared before, with the first item of that key. */
export function duplicates<T>(items: readonly T[], keyOf: (item: T) => string): { item: T; first: T }[] {
  const seen = new Map<string, T>();
  return items.flatMap((item) => {
    const key = keyOf(item);
    const first = seen.get(key);
    if (first !== undefined) {
      return [{ item, first }];
    }
    seen.set(key, item);
    return [];
  });
}
