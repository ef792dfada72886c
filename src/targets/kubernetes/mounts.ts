import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { MountedDirectory } from './config-directories';
import { ConfigFiles } from './config-files';
import { RenderContext } from './context';
import { claimName, labelFrom } from './names';
import { quantity } from './quantity';
import { listed, Report } from './report';
import { kubernetesName } from '../../plan/kubernetes-name';
import { Plan, SecretMountPlan, ServicePlan } from '../../plan/plan';
import { scratchMounts } from '../../plan/scratch';
import { secretFileKey } from '../../plan/value-parts';
import { SHARED_MEMORY } from '../container-settings';
import { from, Origin, origin } from '../origin';
import { ofMount, ofNamed, ofReference, ofService } from '../service-origins';

/** Volumes of a pod and their places in its container. */
export interface PodMounts {
  readonly volumes: k8s.Volume[];
  readonly volumeMounts: k8s.VolumeMount[];
}

/** ConfigMaps that a pod mounts. */
export interface ConfigMaps {
  readonly files?: ConfigFiles;
  readonly directories: readonly MountedDirectory[];
}

export function podMounts(context: RenderContext, service: ServicePlan, { files, directories }: ConfigMaps): PodMounts {
  reportHostPaths(context, service);
  const parts = [
    claims(context, service),
    configFiles(context.plan, service, files),
    configFolders(context.plan, service, directories),
    secretFiles(context.plan, service),
    scratch(context, service),
    anonymous(context, service),
    sharedMemory(service, context.report),
  ];
  const mounts = parts.flatMap((part) => part.volumeMounts);
  return {
    volumes: parts.flatMap((part) => part.volumes),
    volumeMounts: mounts.sort((a, b) => (a.mountPath < b.mountPath ? -1 : a.mountPath > b.mountPath ? 1 : 0)),
  };
}

/** The claim itself is never read-only: the kubelet would then give its files to no group. */
function claims({ plan, volumes }: RenderContext, service: ServicePlan): PodMounts {
  const mounts = service.mounts.filter((mount) => mount.kind === 'volume');
  const names = [...new Set(mounts.map((mount) => mount.volume))].sort();
  return {
    volumes: names.map((name) => from(() => ofReference(service, 'mount', ofNamed(plan.volumes, name, 'volume')), {
      name: labelFrom('claim', kubernetesName(name)),
      persistentVolumeClaim: { claimName: claimName(volumes.get(name) ?? { name }) },
    })),
    volumeMounts: mounts.map((mount) => from(() => ofMount(plan, service, mount), {
      name: labelFrom('claim', kubernetesName(mount.volume)),
      mountPath: mount.path,
      subPath: mount.subpath,
      readOnly: mount.readOnly || undefined,
    })),
  };
}

/** Each file at its own path: a folder mount would hide what the image has beside it. */
function configFiles(plan: Plan, service: ServicePlan, files: ConfigFiles | undefined): PodMounts {
  if (files === undefined) {
    return { volumes: [], volumeMounts: [] };
  }
  return {
    volumes: [from(() => ofAllFiles(service), {
      name: 'files',
      configMap: { name: files.configMapName, items: itemsOf(files) },
    })],
    volumeMounts: files.mounts.map(({ path, key }) => from(() => ofMountAt(plan, service, path), {
      name: 'files',
      mountPath: path,
      subPath: key,
      readOnly: true,
    })),
  };
}

/** Each secret at its own path, with nothing but the key that it is. */
function secretFiles(plan: Plan, service: ServicePlan): PodMounts {
  const mounts = service.mounts.filter((mount) => mount.kind === 'secret');
  return {
    volumes: mounts.map((mount) => {
      const { object, key } = secretKey(plan, mount);
      return from(() => ofMount(plan, service, mount), {
        name: labelFrom('secret', mount.path),
        secret: { secretName: object, items: [{ key, path: key }], defaultMode: parseInt(mount.mode, 8) },
      });
    }),
    volumeMounts: mounts.map((mount) => from(() => ofMount(plan, service, mount), {
      name: labelFrom('secret', mount.path),
      mountPath: mount.path,
      subPath: secretKey(plan, mount).key,
      readOnly: true,
    })),
  };
}

function configFolders(plan: Plan, service: ServicePlan, directories: readonly MountedDirectory[]): PodMounts {
  return {
    volumes: directories.map(({ path, volume, configMapName, items }) => from(() => ofMountAt(plan, service, path), {
      name: volume,
      configMap: { name: configMapName, items },
    })),
    volumeMounts: directories.map(({ path, volume }) => from(() => ofMountAt(plan, service, path), {
      name: volume,
      mountPath: path,
      readOnly: true,
    })),
  };
}

function secretKey(plan: Plan, { secret }: SecretMountPlan): { readonly object: string; readonly key: string } {
  return secret.kind === 'key'
    ? { object: secret.envFile, key: secret.key }
    : { object: secret.name, key: secretFileKey((plan.secretFiles ?? []).find(({ name }) => name === secret.name)!) };
}

/** Permissions can only be said of listed items. */
function itemsOf({ mounts, executable }: ConfigFiles): k8s.KeyToPath[] | undefined {
  const keys = [...new Set(mounts.map(({ key }) => key))].sort();
  return executable.length === 0
    ? undefined
    : keys.map((key) => ({ key, path: key, mode: executable.includes(key) ? 0o755 : undefined }));
}

function ofAllFiles(service: ServicePlan): Origin {
  const files = service.mounts.flatMap((mount) => (mount.kind === 'file' ? [mount.file.constructPath] : []));
  return ofReference(service, 'mount', origin(files, ['config']));
}

function ofMountAt(plan: Plan, service: ServicePlan, at: string): Origin {
  return ofMount(plan, service, service.mounts.find(({ path }) => path === at));
}

function reportHostPaths({ report }: RenderContext, service: ServicePlan): void {
  const sources = service.mounts.flatMap((mount) => (mount.kind === 'host-path' ? [mount.source] : []));
  if (sources.length > 0) {
    report.refused(
      service.path,
      'host paths',
      `A pod sees nothing of your machine: ${listed(sources)}.`,
      'Run the service on the workstation alone, with places: [Place.WORKSTATION].',
    );
  }
}

/** On the disk of the node, as the engine has it on its own. */
function anonymous({ plan, report }: RenderContext, service: ServicePlan): PodMounts {
  const mounts = service.mounts.filter((mount) => mount.kind === 'anonymous');
  if (mounts.length > 0) {
    report.adapted(
      service.path,
      'anonymous volumes',
      `An anonymous volume is empty at first, and gone with the pod: ${listed(mounts.map(({ path }) => path))}.`,
      'Use a persistent volume for data that must stay.',
    );
  }
  return {
    volumes: mounts.map(({ path }) => from(() => ofService(service, 'mount'), {
      name: labelFrom('anonymous', path),
      emptyDir: {},
    })),
    volumeMounts: mounts.map(({ path }) => from(() => ofMountAt(plan, service, path), {
      name: labelFrom('anonymous', path),
      mountPath: path,
    })),
  };
}

/** Scratch space is in memory, as it is on a workstation. */
function scratch({ plan, report }: RenderContext, service: ServicePlan): PodMounts {
  const mounts = scratchMounts(service);
  const strict = mounts.filter((mount) => !mount.executable).map((mount) => mount.path);
  if (strict.length > 0) {
    report.leftOut(
      service.path,
      'scratch without programs',
      `Kubernetes cannot forbid to run programs from scratch space (${listed(strict)}).`,
      'Rely on the other limits of the pod, or forbid it with a policy of the cluster.',
    );
  }
  const closed = mounts.filter(({ mode = '1777' }) => mode !== '1777').map((mount) => mount.path);
  if (closed.length > 0) {
    report.leftOut(
      service.path,
      'mode of scratch space',
      `Everyone in a pod can write to its scratch space (${listed(closed)}).`,
      'Nothing to do if the program sets the mode itself.',
    );
  }
  return {
    volumes: mounts.map((mount) => from(() => ofService(service, 'mount'), {
      name: labelFrom('scratch', mount.path),
      emptyDir: {
        medium: 'Memory',
        sizeLimit: mount.megabytes === undefined ? undefined : quantity(mount.megabytes, 'Mi'),
      },
    })),
    volumeMounts: mounts.map((mount) => from(() => ofMountAt(plan, service, mount.path), {
      name: labelFrom('scratch', mount.path),
      mountPath: mount.path,
    })),
  };
}

/** A pod has no other way to say how large `/dev/shm` is. */
function sharedMemory(service: ServicePlan, report: Report): PodMounts {
  const size = service.container?.shmSize;
  const { name, path } = SHARED_MEMORY;
  if (size !== undefined && service.mounts.some((mount) => mount.path === path)) {
    report.leftOut(service.path, 'shared memory', `The pod has a mount at ${path}.`, 'Leave out shmSize or the mount.');
    return { volumes: [], volumeMounts: [] };
  }
  if (size === undefined) {
    return { volumes: [], volumeMounts: [] };
  }
  return {
    volumes: [from(() => ofService(service, 'resources'), {
      name,
      emptyDir: { medium: 'Memory', sizeLimit: quantity(size, 'Mi') },
    })],
    volumeMounts: [from(() => ofService(service, 'resources'), { name, mountPath: path })],
  };
}
