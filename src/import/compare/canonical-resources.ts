import { bytes } from './quantities';

type Service = Readonly<Record<string, unknown>>;

/** Keys of `deploy.resources` and the older keys of the same meaning. */
const SAME: readonly (readonly [part: string, key: string, old: string])[] = [
  ['limits', 'cpus', 'cpus'],
  ['limits', 'memory', 'mem_limit'],
  ['limits', 'pids', 'pids_limit'],
  ['reservations', 'memory', 'mem_reservation'],
];

/** Moves limits to one place, with sizes in bytes. */
export function canonicalResources(service: Service): Record<string, unknown> {
  const deploy = { ...(service.deploy ?? {}) as Record<string, Record<string, unknown>> };
  const resources: Record<string, Record<string, unknown>> = {
    ...(deploy.resources as Record<string, Record<string, unknown>>),
  };
  const result: Record<string, unknown> = { ...service };
  for (const [part, key, old] of SAME) {
    const amount = resources[part]?.[key] ?? service[old];
    if (amount !== undefined && amount !== null) {
      result[old] = key === 'memory' ? bytes(amount) : Number.isNaN(Number(amount)) ? amount : Number(amount);
    }
    const { [key]: _, ...rest } = resources[part] ?? {};
    resources[part] = rest;
  }
  for (const key of ['memswap_limit', 'shm_size']) {
    if (result[key] !== undefined) {
      result[key] = bytes(result[key]);
    }
  }
  if (deploy.replicas !== undefined) {
    result.scale = Number(deploy.replicas);
  }
  if (Number(result.scale) === 1) {
    delete result.scale;
  }
  const { replicas: _, ...others } = deploy;
  return {
    ...result,
    deploy: {
      ...others,
      resources:
        resources.reservations?.devices === undefined
          ? resources
          : {
            ...resources,
            reservations: { ...resources.reservations, devices: devices(resources.reservations.devices) },
          },
    },
  };
}

/** `count: all` and `count: -1` are the same, and so is no count. */
function devices(list: unknown): unknown {
  return Array.isArray(list)
    ? list.map((one: Record<string, unknown>) => ({
      ...one,
      count:
          one.device_ids === undefined
            ? String(one.count === undefined || Number(one.count) === -1 ? 'all' : one.count)
            : undefined,
      capabilities: Array.isArray(one.capabilities)
        ? [...(one.capabilities as unknown[])].flat().map(String).sort()
        : one.capabilities,
    }))
    : list;
}
