import { walkData } from './plain-data';
import { OverridesPlan, OverrideValuePlan, Plan } from './plan';
import type { Overrides } from '../model/override';

/** A construct that has overrides. */
export interface OverriddenPlan {
  /** Construct path. */
  readonly path: string;
  /** Steps to the entry of the construct in the compose file; none for the file itself. */
  readonly at: readonly string[];
  readonly overrides: OverridesPlan;
}

/** Returns everything that has overrides, in the order in which they apply. */
export function overridden(plan: Plan): OverriddenPlan[] {
  const below = (
    key: string,
    list: readonly { readonly path: string; readonly name: string; readonly overrides?: OverridesPlan }[],
  ): OverriddenPlan[] => list.flatMap(({ path, name, overrides }) => (
    hasAny(overrides) ? [{ path, at: [key, name], overrides }] : []));
  return [
    ...below('services', plan.services),
    ...below('networks', plan.networks),
    ...below('volumes', plan.volumes),
    ...hasAny(plan.overrides) ? [{ path: plan.name, at: [], overrides: plan.overrides }] : [],
  ];
}

function hasAny(overrides: OverridesPlan | undefined): overrides is OverridesPlan {
  return overrides !== undefined && overrides.compose.length + overrides.kubernetes.length > 0;
}

/** Resolves the overrides of a construct; undefined if there are none. */
export function resolveSomeOverrides(overrides: Overrides): OverridesPlan | undefined {
  const resolved = resolveOverrides(overrides);
  return hasAny(resolved) ? resolved : undefined;
}

/** Resolves the overrides of a construct. */
export function resolveOverrides({ compose, kubernetes }: Overrides): OverridesPlan {
  return {
    compose: compose.map(({ key, value, reason }) => ({ key, ...plainValue(value, true), reason })),
    kubernetes: kubernetes.map(({ object, patch, reason }) => ({
      object: object && { kind: object.kind, name: object.name },
      op: patch._op,
      pointer: patch._pointer,
      ...plainValue(patch._value, patch._op === 'remove'),
      reason,
    })),
  };
}

/** A plan stays plain data, whatever the model was given. */
function plainValue(value: unknown, mayBeNothing: boolean): OverrideValuePlan {
  const problem = value === undefined && mayBeNothing ? undefined : walkData(value);
  return problem === undefined ? { value } : { problem };
}
