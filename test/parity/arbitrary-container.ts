import * as fc from 'fast-check';
import { text } from './arbitrary-parts';
import { ContainerPlan } from '../../src/plan/container-plan';

const key = fc.constantFrom('example.org/note', 'team', 'traefik.http.routers.web.rule', '__proto__', 'no');

const pairs = fc.uniqueArray(fc.tuple(key, text), { minLength: 1, maxLength: 3, selector: ([name]) => name })
  .map((list) => Object.fromEntries(list.sort(([a], [b]) => (a < b ? -1 : 1))));

/** A value for each setting. A setting without one does not compile. */
const VALUES: { readonly [Name in keyof Required<ContainerPlan>]: fc.Arbitrary<Required<ContainerPlan>[Name]> } = {
  labels: pairs,
  annotations: pairs,
};

/** Up to four settings of a container, as a plan has them. */
export const containerSettings: fc.Arbitrary<ContainerPlan | undefined> = fc
  .subarray(Object.keys(VALUES) as (keyof ContainerPlan)[], { maxLength: Math.min(4, Object.keys(VALUES).length) })
  .chain((names) => fc.tuple(...names.map((name) => (VALUES[name] as fc.Arbitrary<unknown>).map((one) => [name, one]))))
  .map((entries) => (entries.length === 0 ? undefined : Object.fromEntries(entries as [string, unknown][])));
