import { posix } from 'node:path';
import { Mount } from '../../model/mount';
import { IVolume } from '../../model/volume';

interface VolumeMount {
  readonly path: string;
  readonly volume: IVolume;
}

/**
 * Returns the paths below the workspace by which a gateway's audit log is reached. The log may lie in the workspace, in
 * a volume that is mounted there as well, or in a folder of the host that one of these holds.
 */
export function auditLogsIn(workspace: string, auditLog: string, mounts: readonly Mount[]): string[] {
  const volumeMounts = mounts.flatMap(({ path, _spec: spec }): VolumeMount[] => (
    spec.kind === 'volume' ? [{ path, volume: spec.volume }] : []));
  const holders = volumeMounts.filter(({ path }) => beneath(auditLog, path) !== undefined);
  const own = holders.sort((a, b) => b.path.length - a.path.length).at(0);
  if (own === undefined) {
    return [];
  }
  const log = posix.join(placeOf(own.volume), beneath(auditLog, own.path) ?? '');
  return volumeMounts
    .filter(({ path }) => beneath(path, workspace) !== undefined)
    .flatMap(({ path: mounted, volume }) => {
      const path = beneath(log, placeOf(volume));
      return path === undefined ? [] : [posix.join(beneath(mounted, workspace) ?? '', path)];
    })
    .sort();
}

/** Where the data of a volume are: folders of the host may hold each other, other volumes are places of their own. */
function placeOf({ name, directory }: IVolume): string {
  return directory === undefined ? posix.join('volume:', name) : posix.join('host:', directory);
}

/** Returns what follows the folder in the path; undefined if the path is not in it. */
function beneath(path: string, folder: string): string | undefined {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return path === folder ? '' : path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}
