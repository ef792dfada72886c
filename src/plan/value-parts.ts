import type { SecretFilePlan } from './plan';
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

/** Returns the key under which the Secret of a cluster holds a secret file: the name of the file. */
export function secretFileKey({ file }: SecretFilePlan): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** Returns the keys of env files that a service mounts as files. */
export function mountedKeys({ mounts }: Pick<ServicePlan, 'mounts'>): readonly SecretPlan[] {
  return mounts.flatMap((mount) => (mount.kind === 'secret' && mount.secret.kind === 'key'
    ? [{ kind: 'secret' as const, envFile: mount.secret.envFile, key: mount.secret.key }]
    : []));
}

/** Returns the host names that a service is given without a port. */
export function hostsOf({ environment }: Pick<ServicePlan, 'environment'>): readonly HostPlan[] {
  return environment.flatMap(({ value }) =>
    partsOf(value).flatMap((part) => (part.kind === 'host' ? [part.host] : [])),
  );
}
