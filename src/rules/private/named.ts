import { Plan } from '../../plan/plan';

/** A named element of the plan. */
export interface Named {
  readonly path: string;
  readonly name: string;
  /** Its kind, for messages. */
  readonly kind: string;
  /** Namespace in which the name must be unique. */
  readonly space: string;
}

/** Returns the elements whose names become names of objects or files in a target. */
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
    // both are names of Secrets in a cluster
    ...of('env file', 'env file', plan.envFiles),
    ...of('secret file', 'env file', plan.secretFiles ?? []),
    ...of('check', 'check', plan.checks),
    ...of('file of objects', 'objects', plan.objects ?? []),
  ];
}
