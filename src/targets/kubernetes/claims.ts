import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { kubectl, podReference, RenderContext, workloadKind } from './context';
import { annotations, toolboxLabels } from './metadata';
import { claimName } from './names';
import { quantity } from './quantity';
import { listed } from './report';
import { podUser } from './volume-groups';
import { ServicePlan, VolumePlan } from '../../plan/plan';
import { from, origin } from '../origin';

/** Who uses a volume in the cluster. */
interface Users {
  readonly writers: readonly ServicePlan[];
  readonly readers: readonly ServicePlan[];
}

/** One claim for each volume that a service of the cluster uses, however many use it. */
export function claimProps(
  context: RenderContext,
): { readonly path: string; readonly name: string; readonly props: k8s.KubePersistentVolumeClaimProps }[] {
  const usersByVolume = usersOf(context.services);
  return context.plan.volumes.flatMap((volume) => {
    const users = usersByVolume.get(volume.name);
    if (users === undefined) {
      return [];
    }
    reportClaim(context, volume, users);
    return volume.source.kind === 'external'
      ? []
      : [{ path: volume.path, name: claimName(volume), props: propsOf(context, volume, users) }];
  });
}

function propsOf({ plan }: RenderContext, volume: VolumePlan, users: Users): k8s.KubePersistentVolumeClaimProps {
  return from(() => origin([volume.path], ['volume']), {
    metadata: {
      name: claimName(volume),
      labels: toolboxLabels(plan),
      annotations: annotations(plan, volume.path, volume.name, claimName(volume)),
    },
    spec: {
      accessModes: [accessMode(users)],
      storageClassName: volume.storageClass,
      resources: { requests: { storage: quantity(volume.megabytes, 'Mi') } },
    },
  });
}

/** One pod may be anywhere; several may be on several nodes. */
function accessMode({ writers, readers }: Users): 'ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany' {
  if (writers.length + readers.length === 1) {
    return 'ReadWriteOnce';
  }
  return writers.length === 0 ? 'ReadOnlyMany' : 'ReadWriteMany';
}

function usersOf(services: readonly ServicePlan[]): Map<string, { writers: ServicePlan[]; readers: ServicePlan[] }> {
  const users = new Map<string, { writers: ServicePlan[]; readers: ServicePlan[] }>();
  for (const service of services) {
    const mounts = service.mounts.filter((mount) => mount.kind === 'volume');
    for (const name of new Set(mounts.map((mount) => mount.volume))) {
      const found = users.get(name) ?? { writers: [], readers: [] };
      users.set(name, found);
      const writes = mounts.some((mount) => mount.volume === name && !mount.readOnly);
      (writes ? found.writers : found.readers).push(service);
    }
  }
  return users;
}

function reportClaim(context: RenderContext, volume: VolumePlan, users: Users): void {
  const { report } = context;
  const own = claimName(volume);
  if (own !== volume.name) {
    report.adapted(
      volume.path,
      'name',
      `The claim of the volume ${volume.name} is called ${own}.`,
      `Use ${own} in commands of kubectl.`,
    );
  }
  reportEngine(context, volume);
  if (volume.source.kind === 'external') {
    report.adapted(
      volume.path,
      'external volume',
      `The claim ${own} must exist in the namespace: no object of the toolbox makes it.`,
      `Create it before the services: ${kubectl(context.plan, 'get', 'pvc', own)} must find it.`,
    );
    return;
  }
  const mode = accessMode(users);
  if (mode !== 'ReadWriteOnce') {
    const names = listed([...users.writers, ...users.readers].map((service) => service.name).sort());
    report.adapted(
      volume.path,
      'shared volume',
      `The pods of ${names} share it, so the claim asks for ${mode}.`,
      mode === 'ReadOnlyMany'
        ? 'Bind the claim to a volume that holds the data already.'
        : 'Give it a storage class that offers ReadWriteMany.',
    );
  }
  const groups = new Set(users.writers.flatMap((service) => podUser(service).gid ?? []));
  if (groups.size > 1) {
    report.adapted(
      volume.path,
      'volume owner',
      'Its writers have different groups, and each pod gives the files to its own: '
        + `${listed(users.writers.map((service) => service.name))}.`,
      'Give the writers one group in the model.',
    );
  }
  if (volume.source.kind === 'host-directory') {
    report.adapted(
      volume.path,
      'host directory',
      `A pod sees no folder of your machine: ${volume.source.directory} becomes a claim that is empty at first.`,
      copyRemedy(context, volume, volume.source.directory, users.writers),
    );
  }
}

function reportEngine({ report }: RenderContext, { path, engine }: VolumePlan): void {
  if (engine?.driver !== undefined || (engine?.driverOptions.length ?? 0) > 0) {
    report.leftOut(
      path,
      'volume driver',
      'Drivers are those of an engine: in a cluster the storage class decides where the data is.',
      'Choose a storage class that keeps the data in the same place, or an external volume with a claim of your own.',
    );
  }
  if ((engine?.labels.length ?? 0) > 0) {
    report.leftOut(path, 'volume labels', 'They are labels of an engine.', 'Patch the claim with labels of your own.');
  }
}

function copyRemedy(
  { plan }: RenderContext,
  volume: VolumePlan,
  directory: string,
  writers: readonly ServicePlan[],
): string {
  const writer = writers.find((service) => workloadKind(service) === 'StatefulSet');
  const path = writer?.mounts.find(
    (mount) => mount.kind === 'volume' && mount.volume === volume.name && !mount.readOnly,
  )?.path;
  return writer === undefined || path === undefined
    ? `Copy the data in from a pod of your own that mounts the claim ${claimName(volume)}.`
    : `Copy the data in: ${kubectl(plan, 'cp', `${directory}/.`, `${podReference(writer)}:${path}`)}.`;
}
