import { HostPlan, ServicePlan, ValuePartPlan, ValuePlan } from './service-plan';

export type SecretPlan = Extract<ValuePlan, { kind: 'secret' }>;

/** Returns the parts of a value in their order: the value itself, unless it is composed. */
export function partsOf(value: ValuePlan): readonly ValuePartPlan[] {
  return value.kind === 'concat' ? value.parts : [value];
}

/** Returns the secrets in a value. */
export function secretsIn(value: ValuePlan): readonly SecretPlan[] {
  return partsOf(value).filter((part) => part.kind === 'secret');
}

/** Returns the host names that a service is given without a port. */
export function hostsOf({ environment }: Pick<ServicePlan, 'environment'>): readonly HostPlan[] {
  return environment.flatMap(({ value }) =>
    partsOf(value).flatMap((part) => (part.kind === 'host' ? [part.host] : [])),
  );
}
