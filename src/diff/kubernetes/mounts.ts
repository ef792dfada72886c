import { PodReading } from './pod-reading';
import { Mounted, sayFile, sayMount, sayScratch } from '../mounting';
import { readPolicyFile } from '../policy/policy-file';
import { saySettings } from '../settings';
import { Subject } from '../subject';
import { listOf, mapOf, textOf, Tree } from '../tree';
import { memoryText } from '../units';

const KEYS = { read: ['name', 'mountPath', 'readOnly', 'subPath'], harmless: [] };

/** Each place of a container at which a volume of its pod stands. */
export function sayVolumeMounts(pod: PodReading, subject: Subject, container: Tree): void {
  for (const mount of listOf(container.volumeMounts).map(mapOf)) {
    sayVolumeMount(pod, subject, mount);
    saySettings(subject, mount, KEYS, `${textOf(mount.mountPath)} `);
  }
}

function sayVolumeMount(pod: PodReading, subject: Subject, mount: Tree): void {
  const volume = pod.volumes.get(textOf(mount.name)) ?? {};
  const part = textOf(mount.subPath);
  const within = (source: string): Mounted => ({
    path: textOf(mount.mountPath),
    readOnly: mount.readOnly === true,
    source: part === '' ? source : `${source}/${part}`,
  });
  if (volume.configMap !== undefined) {
    sayConfigMap(pod, subject, textOf(mapOf(volume.configMap).name), within, part);
  } else if (volume.emptyDir !== undefined) {
    const size = textOf(mapOf(volume.emptyDir).sizeLimit);
    sayScratch(subject, textOf(mount.mountPath), size === '' ? 'any size' : memoryText(size), []);
  } else {
    sayMount(subject, within(sourceOf(volume)));
  }
}

function sourceOf(volume: Tree): string {
  if (volume.persistentVolumeClaim !== undefined) { return textOf(mapOf(volume.persistentVolumeClaim).claimName); }
  if (volume.hostPath !== undefined) { return `${textOf(mapOf(volume.hostPath).path)} of the node`; }
  if (volume.secret !== undefined) { return `Secret ${textOf(mapOf(volume.secret).secretName)}`; }
  const { name: _, ...rest } = volume;
  return textOf(rest);
}

/** A generated ConfigMap carries a hash in its name, so its content is compared and not the name. */
function sayConfigMap(
  { reading, configMaps }: PodReading,
  subject: Subject,
  name: string,
  within: (source: string) => Mounted,
  part: string,
): void {
  const data = configMaps.get(name);
  const content = data?.[part];
  if (typeof content !== 'string') {
    sayMount(subject, within(data === undefined ? `ConfigMap ${name}` : `ConfigMap ${textOf(data)}`));
    return;
  }
  const isTold = readPolicyFile(reading, subject, `kubernetes: ConfigMap ${name}/${part}`, content);
  sayFile(subject, { ...within(part), source: part }, isTold ? undefined : content);
}
