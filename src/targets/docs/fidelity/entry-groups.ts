import { compareText, groupBy } from '../../../plan/collections';
import { FidelityEntry } from '../../../plan/target-output';

/** The same remark about several constructs. */
export interface EntryGroup {
  readonly fact: string;
  readonly paths: readonly string[];
  readonly reason: string;
  readonly remedy: string;
}

/** One group for each remark, sorted by fact, then by the first construct. */
export function entryGroups(entries: readonly FidelityEntry[]): EntryGroup[] {
  const groups = groupBy(entries, ({ fact, reason, remedy }) => JSON.stringify([fact, reason, remedy]));
  return [...groups.values()].map(groupOf).sort(compareGroups);
}

function groupOf(group: readonly FidelityEntry[]): EntryGroup {
  const [{ fact, reason, remedy }] = group;
  return { fact, reason, remedy, paths: [...new Set(group.map((entry) => entry.path))].sort(compareText) };
}

function compareGroups(a: EntryGroup, b: EntryGroup): number {
  return (
    compareText(a.fact, b.fact) ||
    compareText(a.paths[0], b.paths[0]) ||
    compareText(a.reason, b.reason) ||
    compareText(a.remedy, b.remedy)
  );
}
