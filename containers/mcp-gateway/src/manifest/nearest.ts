import { closest, distance } from 'fastest-levenshtein';

/** Returns ` Did you mean "read"?` if one of the names is close to the given one. */
export function didYouMean(given: string, names: readonly string[]): string {
  if (names.length === 0) {
    return '';
  }
  const nearest = closest(given, names);
  return distance(given, nearest) <= Math.max(2, Math.floor(given.length / 2)) ? ` Did you mean "${nearest}"?` : '';
}

/** Formats names for a message, sorted and quoted. */
export function list(names: readonly string[]): string {
  return [...names].sort().map((name) => `"${name}"`).join(', ') || 'none';
}
