import type { PodContext } from './container';
import { MountFact, SettingFact } from '../../../plan/target-facts';
import { bytesOf } from '../../quantity';
import { listOf, mapOf, settingsOf, textOf, Tree } from '../../tree';

const KEYS = { read: ['name', 'mountPath', 'readOnly', 'subPath'], harmless: [] };

/** Reads `volumeMounts`, each with the volume of the pod behind it. */
export function readMounts(
  pod: PodContext,
  container: Tree,
): { readonly mounts: MountFact[]; readonly settings: SettingFact[] } {
  const mounts = listOf(container.volumeMounts).map(mapOf);
  return {
    mounts: mounts.map((mount) => mountOf(pod, mount)),
    settings: mounts.flatMap((mount) => [
      ...settingsOf(mount, KEYS, `${textOf(mount.mountPath)} `),
      ...settingsOfVolume(pod.volumes.get(textOf(mount.name)) ?? {}, textOf(mount.mountPath)),
    ]),
  };
}

const VOLUME_KEYS = {
  read: ['claimName', 'name', 'path', 'secretName', 'sizeLimit'],
  harmless: ['defaultMode', 'items', 'medium', 'optional', 'readOnly', 'type'],
};

function settingsOfVolume({ name: _name, ...sources }: Tree, path: string): SettingFact[] {
  return Object.entries(sources).flatMap(([kind, source]) =>
    KINDS.includes(kind) ? settingsOf(mapOf(source), VOLUME_KEYS, `${path} ${kind}.`) : [],
  );
}

/** Kinds of volumes whose keys are read one by one. */
const KINDS = ['configMap', 'emptyDir', 'hostPath', 'persistentVolumeClaim', 'secret'];

function mountOf({ volumes, configMaps, claims }: PodContext, mount: Tree): MountFact {
  const place = { path: textOf(mount.mountPath), readOnly: mount.readOnly === true };
  const volume = volumes.get(textOf(mount.name)) ?? {};
  const part = textOf(mount.subPath);
  const within = (source: string) => (part === '' ? source : `${source}/${part}`);
  if (volume.persistentVolumeClaim !== undefined) {
    const claim = textOf(mapOf(volume.persistentVolumeClaim).claimName);
    return { ...place, kind: 'volume', volume: within(claims.get(claim) ?? claim) };
  }
  if (volume.hostPath !== undefined) {
    const directory = within(textOf(mapOf(volume.hostPath).path));
    return { ...place, kind: 'host', machine: 'node', directory, created: false };
  }
  if (volume.emptyDir !== undefined) {
    const { medium, sizeLimit } = mapOf(volume.emptyDir);
    return medium === 'Memory'
      ? { ...place, kind: 'scratch', bytes: bytesOf(sizeLimit) }
      : { ...place, kind: 'volume', volume: '' };
  }
  if (volume.configMap !== undefined) {
    return configMapMount(place, mapOf(volume.configMap), part, configMaps);
  }
  const { name: _name, secret, ...rest } = volume;
  return secret === undefined
    ? { ...place, kind: 'other', source: within(textOf(rest)) }
    : { ...place, kind: 'secret', store: within(`Secret ${textOf(mapOf(secret).secretName)}`) };
}

/** A generated ConfigMap has a hash in its name, so its content counts and not the name. */
function configMapMount(
  place: Pick<MountFact, 'path' | 'readOnly'>,
  configMap: Tree,
  part: string,
  configMaps: ReadonlyMap<string, Tree>,
): MountFact {
  const name = textOf(configMap.name);
  const data = configMaps.get(name);
  const content = data?.[part];
  if (data !== undefined && part === '') {
    const items = configMap.items === undefined
      ? Object.keys(data).map((key) => ({ key, path: key }))
      : listOf(configMap.items).map(mapOf);
    const files = items.map(({ key, path }) => ({ path: textOf(path), content: textOf(data[textOf(key)]) }));
    return { ...place, kind: 'directory', files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
  }
  return typeof content === 'string'
    ? { ...place, kind: 'file', file: part, place: `kubernetes: ConfigMap ${name}/${part}`, content }
    : { ...place, kind: 'other', source: `ConfigMap ${data === undefined ? name : textOf(data)}` };
}
