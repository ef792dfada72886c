import { FingerprintPart } from '../../model/evidence';
import { sha256 } from '../../model/fingerprint';
import { compareText, sortedBy } from '../collections';
import { HostServicePlan, NetworkPlan, PinPlan, ServicePlan, VolumePlan } from '../plan';
import { ChangePlan, FingerprintPartPlan } from '../status-plan';

/** Stands for content that is not there, or that is too large to be looked at. */
export const MISSING = canonicalDigest('missing');

/** One named part of a fingerprint. */
export function part(name: string, content: unknown): FingerprintPartPlan {
  return { name, digest: canonicalDigest(content) };
}

/** Leaves out descriptions, which no test covers, and separates what is built from how it is run. */
export function serviceParts({ description: _, ...service }: ServicePlan): FingerprintPartPlan[] {
  const { build, ...image } = service.image;
  if (build === undefined) {
    return [part(`service ${service.name}`, service)];
  }
  const { contextDigest, ...how } = build;
  return [
    part(`service ${service.name}`, { ...service, image: { ...image, build: how } }),
    { name: `build context of ${service.name}`, digest: contextDigest ?? MISSING },
  ];
}

/** A server on the host, without words for people. */
export function hostServicePart({ description: _, ...one }: HostServicePlan): FingerprintPartPlan {
  return part(`host service ${one.name}`, one);
}

/** A pin, without the reasons for the choice. */
export function pinPart({ component, version, artifact, status }: PinPlan): FingerprintPartPlan {
  const { missingReason: _, ...held } = { missingReason: undefined, ...artifact };
  return part(`pin ${component}`, { version, held, status });
}

/** A network with its members. */
export function networkPart({ description: _, ...one }: NetworkPlan): FingerprintPartPlan {
  return part(`network ${one.name}`, one);
}

/** A volume with its users. */
export function volumePart({ description: _, ...one }: VolumePlan): FingerprintPartPlan {
  return part(`volume ${one.name}`, one);
}

/** Digest of plain data: the same for the same content, in whatever order its keys were set. */
export function canonicalDigest(content: unknown): string {
  return sha256(
    JSON.stringify(content, (_, value: unknown) => (isMap(value) ? sortedKeys(value) : value)) ?? 'undefined',
  );
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sortedKeys(map: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => compareText(a, b)));
}

/** Returns the differences between a recorded fingerprint and the present one, sorted by name. */
export function changesBetween(
  recorded: readonly FingerprintPart[],
  present: readonly FingerprintPartPlan[],
): ChangePlan[] {
  const before = new Map(recorded.map(({ name, digest }) => [name, digest]));
  const now = new Map(present.map(({ name, digest }) => [name, digest]));
  const changes = [
    ...[...now]
      .filter(([name, digest]) => before.get(name) !== digest)
      .map(([name]): ChangePlan => ({ part: name, how: before.has(name) ? 'changed' : 'new' })),
    ...[...before.keys()].filter((name) => !now.has(name)).map((name): ChangePlan => ({ part: name, how: 'gone' })),
  ];
  return sortedBy(changes, (change) => change.part);
}
