import { Report } from './report';
import { SourceLocation } from '../../model/finding';

/** Keeps the first of several entries of one name, and reports the others. */
export function firstOfEach<T extends { readonly location: SourceLocation }>(
  entries: readonly T[],
  nameOf: (entry: T) => string,
  report: Report,
  fix: string,
): T[] {
  const first = new Map<string, T>();
  for (const entry of entries) {
    const name = nameOf(entry);
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, entry);
    } else {
      const { line, column = 1 } = entry.location;
      report.add(
        'inventory-duplicate',
        { line, column },
        `${name} is there twice, first in line ${other.location.line}.`,
        fix,
      );
    }
  }
  return [...first.values()];
}
