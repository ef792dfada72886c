import { posix } from 'node:path';
import { MountPlan, VolumePlan } from './plan';

type VolumeMount = MountPlan & { readonly kind: 'volume' };

/**
 * Paths below the workspace by which a gateway's audit log is reached: it may lie in the workspace, in a volume that is
 * mounted there as well, or in a folder of the host that one of these holds.
 */
export function auditLogsIn(
  workspace: string, auditLog: string, mounts: readonly MountPlan[], volumes: readonly VolumePlan[],
): string[] {
  const volumeMounts = mounts.filter((one): one is VolumeMount => one.kind === 'volume');
  const holders = volumeMounts.filter(({ path }) => beneath(auditLog, path) !== undefined);
  const own = holders.sort((a, b) => b.path.length - a.path.length).at(0);
  if (own === undefined) {
    return [];
  }
  const log = posix.join(placeOf(own, volumes), beneath(auditLog, own.path) ?? '');
  return volumeMounts
    .filter(({ path }) => beneath(path, workspace) !== undefined)
    .flatMap((mount) => {
      const path = beneath(log, placeOf(mount, volumes));
      return path === undefined ? [] : [posix.join(beneath(mount.path, workspace) ?? '', path)];
    })
    .sort();
}

/** Where a mount's data are: folders of the host may hold each other, and other volumes are places of their own. */
function placeOf(mount: VolumeMount, volumes: readonly VolumePlan[]): string {
  const source = volumes.find(({ name }) => name === mount.volume)?.source;
  return source?.kind === 'host-directory'
    ? posix.join('host:', source.directory)
    : posix.join('volume:', mount.volume);
}

/** What follows the folder in the path; undefined when the path is not in it. */
function beneath(path: string, folder: string): string | undefined {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return path === folder ? '' : path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}
