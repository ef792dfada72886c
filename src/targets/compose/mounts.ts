import { ComposeMap } from './compose-value';
import { referred, RenderContext } from './context';
import { configPath, fromComposeFile, isAbsolutePath } from './paths';
import { orNothing } from '../../plan/collections';
import { FilePlan, HostPathMountPlan, MountPlan, ServicePlan, VolumeMountPlan, VolumePlan } from '../../plan/plan';
import { scratchMounts } from '../../plan/scratch';
import { from } from '../origin';
import { ofMount, ofService } from '../service-origins';

/**
 * `volumes` and `tmpfs`. Configuration files are read-only binds: every Compose v2 does them the same way, on all
 * engines.
 */
export function mountKeys(context: RenderContext, service: ServicePlan): ComposeMap {
  const mounts = service.mounts.flatMap((mount): ComposeMap[] => {
    const entry = volumeEntry(context, service, mount);
    return entry === undefined ? [] : [from(() => ofMount(context.plan, service, mount), entry)];
  });
  reportOwner(context, service);
  return from(() => ofService(service, 'mount'), {
    volumes: orNothing(mounts),
    tmpfs: orNothing(scratchMounts(service).map((mount) => tmpfsEntry(service, mount))),
  });
}

function volumeEntry(context: RenderContext, service: ServicePlan, mount: MountPlan): ComposeMap | undefined {
  switch (mount.kind) {
    case 'scratch':
    case 'secret': return undefined;
    case 'file':
      return bind(fileSource(context, service, mount.file), { ...mount, readOnly: mount.writable !== true });
    case 'directory':
      return bind(hostPath(context, mount.directory.source), { ...mount, readOnly: mount.writable !== true });
    case 'host-path': return bind(hostPath(context, mount.source), mount);
    case 'anonymous': return { type: 'volume', target: mount.path };
    case 'volume': {
      const { source } = volumeOf(context, service, mount.volume);
      return source.kind === 'host-directory'
        ? bind(hostPath(context, within(source.directory, mount.subpath)), mount)
        : namedVolume(mount);
    }
  }
}

/** A file of the project is mounted from where it is. */
function fileSource(context: RenderContext, service: ServicePlan, file: FilePlan): string {
  return file.source === undefined
    ? `./${configPath(context.plan, service, file)}`
    : hostPath(context, file.source.path);
}

/** A parameter is read as its default: relative to the project's folder, or absolute. */
function hostPath({ plan, markers }: RenderContext, directory: string): string {
  if (isAbsolutePath(markers.withDefaults(directory))) {
    return directory;
  }
  const path = fromComposeFile(plan, directory);
  return /^\.\.?(\/|$)/.test(path) ? path : `./${path}`;
}

/** Without `create_host_path: false` a typing mistake makes an empty folder that root owns. */
function bind(
  source: string,
  { path, readOnly, selinux, propagation }: Pick<HostPathMountPlan, 'path' | 'readOnly' | 'selinux' | 'propagation'>,
): ComposeMap {
  return {
    type: 'bind',
    source,
    target: path,
    read_only: readOnly || undefined,
    bind: { propagation, create_host_path: false, selinux },
  };
}

function within(directory: string, subpath: string | undefined): string {
  return subpath === undefined ? directory : `${directory}/${subpath}`;
}

function namedVolume({ path, volume, readOnly, subpath, noCopy }: VolumeMountPlan): ComposeMap {
  return {
    type: 'volume',
    source: volume,
    target: path,
    read_only: readOnly || undefined,
    volume: noCopy === undefined && subpath === undefined ? undefined : { nocopy: noCopy, subpath },
  };
}

function volumeOf({ volumes }: RenderContext, service: ServicePlan, name: string): VolumePlan {
  return referred(volumes, name, service, 'volume');
}

function tmpfsEntry(
  service: ServicePlan,
  { path, megabytes, executable, mode, owner }: ReturnType<typeof scratchMounts>[number],
): string {
  if (path.includes(':')) {
    throw new Error(
      `${service.path}: scratch space at ${JSON.stringify(path)} cannot be written, a colon ends the path there.`,
    );
  }
  const user = owner ?? (service.user?.uid === 0 ? undefined : service.user);
  const options = [
    ...megabytes === undefined ? [] : [`size=${megabytes}m`],
    `mode=${mode ?? '1777'}`,
    ...user === undefined ? [] : [`uid=${user.uid}`, `gid=${user.gid}`],
    executable ? 'exec' : 'noexec', 'nosuid', 'nodev',
  ];
  return `${path}:${options.join(',')}`;
}

/**
 * Reports volumes whose owner may not be the stated user: an engine takes the owner of the folder in the image, or
 * root. A cluster sets the group of a volume instead.
 */
function reportOwner(context: RenderContext, service: ServicePlan): void {
  const { user } = service;
  if (user === undefined || user.uid === 0) {
    return;
  }
  for (const mount of service.mounts) {
    const isPersistent =
      mount.kind === 'volume' && volumeOf(context, service, mount.volume).source.kind === 'persistent';
    if (isPersistent && !mount.readOnly) {
      context.report.add({
        path: service.path,
        fact: 'volume owner',
        verdict: 'adapted',
        reason: `An engine gives the new volume ${mount.volume} the owner of ${mount.path} in the image, or `
          + `root, and not the user ${user.uid}.`,
        remedy: `Let the image have ${mount.path}, owned by ${user.uid}:${user.gid}.`,
      });
    }
  }
}
