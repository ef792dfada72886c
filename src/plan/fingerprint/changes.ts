import { FingerprintPart } from '../../model/evidence';
import { sortedBy } from '../collections';
import { ChangePlan, FingerprintPartPlan } from '../status-plan';

/** What differs between a recorded fingerprint and the present one, sorted by name. */
export function changesBetween(
  recorded: readonly FingerprintPart[],
  present: readonly FingerprintPartPlan[],
): ChangePlan[] {
  const before = new Map(recorded.map(({ name, digest }) => [name, digest]));
  const now = new Map(present.map(({ name, digest }) => [name, digest]));
  const changes = [
    ...[...now]
      .filter(([name, digest]) => before.get(name) !== digest)
      .map(([part]): ChangePlan => ({ part, how: before.has(part) ? 'changed' : 'new' })),
    ...[...before.keys()].filter((name) => !now.has(name)).map((part): ChangePlan => ({ part, how: 'gone' })),
  ];
  return sortedBy(changes, ({ part }) => part);
}
