/** Every item whose key an earlier one has, with that earlier one. */
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
