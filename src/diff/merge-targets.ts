import { Change, Effect, Target } from './change';
import { Difference, Side } from './compare-subjects';
import { compareText } from '../plan/collections';

const EFFECTS: readonly Effect[] = ['widened', 'narrowed', 'neutral'];

/** Merges equal changes of several targets; sorted by effect, subject, kind and item. */
export function mergeTargets(found: ReadonlyMap<Target, readonly Difference[]>): Change[] {
  const groups = new Map<string, [Target, Difference][]>();
  for (const [target, differences] of found) {
    for (const difference of differences) {
      const key = keyOf(difference);
      groups.set(key, [...groups.get(key) ?? [], [target, difference]]);
    }
  }
  const changes = [...groups].map(([key, group]) => ({ key, change: changeOf(group) }));
  return changes.sort((a, b) => compareText(a.key, b.key)).map(({ change }) => change);
}

function keyOf({ kind, subject, item, before, after, effect }: Difference): string {
  return JSON.stringify([
    EFFECTS.indexOf(effect),
    subject,
    kind,
    item ?? '',
    before?.text ?? null,
    after?.text ?? null,
  ]);
}

function changeOf(group: readonly [Target, Difference][]): Change {
  const [[, { kind, subject, item, effect }]] = group;
  const before = together(group.map(([target, difference]) => [target, difference.before]));
  const after = together(group.map(([target, difference]) => [target, difference.after]));
  return {
    kind,
    subject,
    ...item === undefined ? {} : { item },
    ...before === undefined ? {} : { before },
    ...after === undefined ? {} : { after },
    effect,
    targets: group.map(([target]) => target).sort(compareText),
  };
}

/** `read-only (shared-data)`, and with the names of the targets where they say it in different ways. */
function together(sides: readonly (readonly [Target, Side | undefined])[]): string | undefined {
  const text = sides[0][1]?.text;
  if (text === undefined) { return undefined; }
  const details = sides.flatMap(([target, side]) =>
    side?.detail === undefined ? [] : [{ target, detail: side.detail }],
  );
  const alike = new Set(details.map(({ detail }) => detail)).size === 1;
  const shown = alike ? details[0].detail : details.map(({ target, detail }) => `${target}: ${detail}`).join(', ');
  return details.length === 0 ? text : `${text} (${shown})`;
}
