import { OverridesPlan } from '../../plan/plan';
import { MergedService, MergedViolation, Violation } from '../rule';

/** Names the overrides that state a violation. Undefined when none does: then the model states it. */
export function overrideFinding(
  { plan: { path, overrides }, target }: MergedService,
  { problem, keys }: MergedViolation,
): Violation | undefined {
  const places = target === 'compose'
    ? overrides.compose.filter(({ key }) => keys.includes(key)).map(({ key }) => `override of ${JSON.stringify(key)}`)
    : overrides.kubernetes.filter((patch) => touches(patch, keys)).map(({ pointer }) => `patch at ${pointer}`);
  return places.length === 0 ? undefined : {
    path,
    message: `The ${[...new Set(places)].join(' and the ')} ${problem}.`,
    fix: `Remove the ${places[0]}, or state it in the model.`,
  };
}

/** Whether a patch is at or below one of the keys, or holds one of them. */
function touches({ pointer, value }: OverridesPlan['kubernetes'][number], keys: readonly string[]): boolean {
  return pointer.split('/').some((step) => keys.includes(step)) || holds(value, keys);
}

function holds(value: unknown, keys: readonly string[]): boolean {
  return typeof value === 'object' && value !== null && Object.entries(value).some(
    ([key, item]) => (!Array.isArray(value) && keys.includes(key)) || holds(item, keys),
  );
}
