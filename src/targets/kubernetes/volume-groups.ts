import { groupBy } from '../../plan/collections';
import { ImageUserPlan, ServicePlan } from '../../plan/plan';

/** The group that the files of a pod's volumes belong to. */
export interface VolumeGroup {
  readonly gid: number;
  /** The service whose group it is. */
  readonly owner: ServicePlan;
}

/**
 * Returns the group of the volumes of each service, by its name. The kubelet gives a volume to the group of the first
 * pod that mounts it, and to no other afterwards. So all pods that share a volume, directly or through others, get one
 * group: that of the first service, by name, that writes to one of them and does not run as root.
 */
export function volumeGroups(services: readonly ServicePlan[]): ReadonlyMap<string, VolumeGroup> {
  const byVolume = groupBy(
    services.flatMap((service) => volumesOf(service).map((volume) => ({ volume, service }))),
    ({ volume }) => volume,
  );
  const groups = new Map<string, VolumeGroup>();
  const seen = new Set<ServicePlan>();
  for (const service of services) {
    const members = seen.has(service) ? [] : connected(service, byVolume, seen);
    const [owner] = members.filter(ownsFiles).sort((a, b) => (a.name < b.name ? -1 : 1));
    const gid = owner && podUser(owner).gid;
    if (gid !== undefined) { members.forEach(({ name }) => groups.set(name, { gid, owner })); }
  }
  return groups;
}

/** Returns the services that share a volume with one, or with one that does. */
function connected(
  first: ServicePlan,
  byVolume: ReadonlyMap<string, readonly { readonly service: ServicePlan }[]>,
  seen: Set<ServicePlan>,
): ServicePlan[] {
  const members = [first];
  const volumes = new Set<string>();
  seen.add(first);
  for (const member of members) {
    for (const volume of volumesOf(member).filter((name) => !volumes.has(name))) {
      volumes.add(volume);
      const others = byVolume.get(volume)!.map(({ service }) => service).filter((service) => !seen.has(service));
      others.forEach((service) => seen.add(service));
      members.push(...others);
    }
  }
  return members;
}

function volumesOf({ mounts }: ServicePlan): string[] {
  return [...new Set(mounts.flatMap((mount) => (mount.kind === 'volume' ? [mount.volume] : [])))];
}

function ownsFiles(service: ServicePlan): boolean {
  const { gid = 0 } = podUser(service);
  return gid !== 0 && service.mounts.some((mount) => mount.kind === 'volume' && !mount.readOnly);
}

/**
 * The user that a pod states: that of the model, else that of its image unless it is root. "restricted" asks for a
 * number, even where the image has one.
 */
export function podUser({ user, image }: ServicePlan): ImageUserPlan {
  return user ?? (image.facts.user?.uid === 0 ? undefined : image.facts.user) ?? {};
}
