import { sortedBy } from './collections';
import { walkData } from './plain-data';
import { KubernetesObjectsPlan, OwnObjectPlan } from './plan';
import type { KubernetesObjects } from '../model/kubernetes-objects';

/** Resolves Kubernetes objects of the model's own; undefined if there are none. */
export function resolveObjects(constructs: readonly KubernetesObjects[]): KubernetesObjectsPlan[] | undefined {
  const plans = constructs.map(({ node: { path }, name, description, objects }): KubernetesObjectsPlan => (
    { path, name, description, objects: objects.flatMap(dataOf) }));
  return plans.length === 0 ? undefined : sortedBy(plans, (one) => `${one.name}\t${one.path}`);
}

/** An object of cdk8s is asked for its data, which is a list for a chart. */
function dataOf(item: unknown): OwnObjectPlan[] {
  const source = item as { toJson?: () => unknown } | null | undefined;
  if (typeof source?.toJson !== 'function') { return [plainObject(item)]; }
  try {
    return [source.toJson()].flat().map(plainObject);
  } catch (error) {
    return [{ problem: `toJson() failed: ${error instanceof Error ? error.message : String(error)}` }];
  }
}

function plainObject(value: unknown): OwnObjectPlan {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { problem: 'it is no object' };
  }
  const problem = walkData(value);
  return problem === undefined ? { value: value as Readonly<Record<string, unknown>> } : { problem };
}
