import { EndpointPlan, ServicePlan } from '../../plan/plan';

/** Every address that a service is given, in its environment or in a file. */
export function endpointsOf({ environment, mounts }: Pick<ServicePlan, 'environment' | 'mounts'>): EndpointPlan[] {
  const contents = mounts.flatMap((mount) => (mount.kind === 'file' ? mount.file.content : []));
  return [...environment.map(({ value }) => value), ...contents].flatMap((one) =>
    one.kind === 'endpoint' ? [one.endpoint] : [],
  );
}
