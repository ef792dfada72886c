import { EndpointPlan, ServicePlan } from '../../plan/plan';

/** Returns the addresses in the environment and the config files of a service. */
export function endpointsOf({ environment, mounts }: Pick<ServicePlan, 'environment' | 'mounts'>): EndpointPlan[] {
  const contents = mounts.flatMap((mount) => (mount.kind === 'file' ? mount.file.content : []));
  return [...environment.map(({ value }) => value), ...contents].flatMap((one) =>
    one.kind === 'endpoint' ? [one.endpoint] : [],
  );
}
