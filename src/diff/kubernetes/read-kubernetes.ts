import { readNetworkPolicies } from './network-policies';
import { KubernetesObject, objectOf, serviceOf } from './objects';
import { readOther } from './others';
import { isWorkload, readWorkload } from './workload';
import { parseYaml, Unreadable } from '../parse';
import { Reading } from '../reading';
import { mapOf } from '../tree';

/**
 * Facts of all manifests together.
 *
 * @param paths which of the texts are manifests.
 * @throws Unreadable with the path in front.
 */
export function readKubernetes(reading: Reading, paths: readonly string[]): void {
  const objects = paths.flatMap((path) => objectsOf(path, reading.texts.get(path) ?? ''));
  reading.data.push(...objects.map(({ tree }) => tree));
  const configMaps = new Map(
    objects.filter(({ kind }) => kind === 'ConfigMap').map(({ name, tree }) => [name, mapOf(tree.data)]),
  );
  const pods = objects.filter(isWorkload).map((object) => readWorkload(reading, object, configMaps));
  const names = new Set(pods.map(({ subject }) => subject.name));
  const namespace = reading.subjects.get('namespace', { kind: 'namespace', summary: '' });
  for (const object of objects) {
    if (!isWorkload(object)) { readOther(reading.subjects, object, names.has(serviceOf(object)), namespace); }
  }
  readNetworkPolicies(reading.subjects, objects.filter(({ kind }) => kind === 'NetworkPolicy'), pods, namespace);
}

function objectsOf(path: string, text: string): KubernetesObject[] {
  try {
    return parseYaml(text).flatMap((document) => objectOf(document) ?? []);
  } catch (error) {
    throw error instanceof Unreadable ? new Unreadable(error.message, path) : error;
  }
}
