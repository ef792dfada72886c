import fc from 'fast-check';
import { expect, it } from 'vitest';
import { costOf, FirstNames } from '../../../src/tools/file/first-names';

it('keeps the first names in order, and says if there are more', () => {
  const names = fc.uniqueArray(fc.string({ maxLength: 6 }), { maxLength: 50 });
  fc.assert(
    fc.property(
      names,
      fc.integer({ min: 1, max: 4000 }),
      fc.integer({ min: 1, max: 60 }),
      (given, maxBytes, maxEntries) => {
        const entries = given.map((name) => ({ name, kind: 'file' as const, isNameable: true }));
        const first = new FirstNames(maxBytes, maxEntries);
        entries.forEach((entry) => first.add(entry));
        const { entries: kept, bytes, cut } = first.sorted();
        const sorted = [...given].sort();
        expect(kept.map(({ name }) => name)).toEqual(sorted.slice(0, kept.length));
        expect(cut).toBe(kept.length < given.length);
        expect(bytes).toBe(kept.reduce((sum, entry) => sum + costOf(entry), 0));
        expect((bytes <= maxBytes && kept.length <= maxEntries) || kept.length === 1).toBe(true);
      },
    ),
  );
});

it('keeps no more than fits while names arrive', () => {
  const first = new FirstNames(70 * 100);
  for (let index = 50_000; index > 0; index -= 1) {
    first.add({ name: String(index).padStart(6, '0'), kind: 'file', isNameable: true });
  }
  const { entries, cut } = first.sorted();
  expect([entries.length, entries[0].name, entries[99].name, cut]).toEqual([100, '000001', '000100', true]);
});
