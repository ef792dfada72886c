import { MountPlan, ServicePlan } from './plan';

type ScratchMount = Extract<MountPlan, { kind: 'scratch' }>;

/** Size of scratch space under a writable path for which the model gives none, in megabytes. */
const DEFAULT_SCRATCH_MEGABYTES = 64;

/**
 * All scratch space a service needs, sorted by path: what the model mounts, and on a read-only root also the folders
 * that its image must be able to write and no mount covers.
 */
export function scratchMounts(service: ServicePlan): readonly ScratchMount[] {
  const mounted = service.mounts.filter((mount): mount is ScratchMount => mount.kind === 'scratch');
  const scratch = [...mounted, ...(service.readOnlyRoot ? writablePaths(service) : [])];
  return scratch.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function writablePaths(service: ServicePlan): ScratchMount[] {
  const covered = service.mounts.filter(isWritable).map((mount) => mount.path);
  const taken = new Set(service.mounts.map((mount) => mount.path));
  const found: ScratchMount[] = [];
  // sorted, so a folder comes before what lies below it
  for (const path of [...service.image.facts.writablePaths].sort()) {
    if (taken.has(path) || covered.some((above) => isWithin(path, above))) {
      continue;
    }
    covered.push(path);
    found.push({ kind: 'scratch', path, megabytes: DEFAULT_SCRATCH_MEGABYTES, executable: false });
  }
  return found;
}

function isWritable(mount: MountPlan): boolean {
  return mount.kind === 'scratch' || mount.kind === 'anonymous' || (mount.kind === 'volume' && !mount.readOnly);
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
}
