import { Plan } from '../../plan/plan';

/** A thing of the plan that has a name. */
export interface Named {
  readonly path: string;
  readonly name: string;
  /** What it is, for messages. */
  readonly kind: string;
  /** Names of one space must differ. */
  readonly space: string;
}

/** Everything whose name becomes the name of an object in a target, or of a file. */
export function namedThings(plan: Plan): Named[] {
  const of = (
    kind: string,
    space: string,
    items: readonly { readonly path: string; readonly name: string }[],
  ): Named[] => items.map(({ path, name }) => ({ path, name, kind, space }));
  return [
    ...of('service', 'service', plan.services),
    ...of('host service', 'service', plan.hostServices),
    ...of('volume', 'volume', plan.volumes),
    ...of('network', 'network', plan.networks),
    ...of('profile', 'profile', plan.profiles),
    ...of('env file', 'env file', plan.envFiles),
    ...of('check', 'check', plan.checks),
  ];
}
