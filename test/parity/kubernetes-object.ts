import { posix } from 'node:path';
import { load, loadAll } from 'js-yaml';
import { OutputFile } from '../../src/plan/target-output';

/** Parsed YAML of which nothing is known yet. */
export type KubernetesObject = { readonly [key: string]: unknown };

/** A map, empty where there is none. */
export function map(value: unknown): KubernetesObject {
  if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))) {
    throw new Error(`no map: ${JSON.stringify(value)}`);
  }
  return (value ?? {}) as KubernetesObject;
}

/** A list, empty where there is none. */
export function list(value: unknown): unknown[] {
  if (value !== undefined && !Array.isArray(value)) {
    throw new Error(`no list: ${JSON.stringify(value)}`);
  }
  return value ?? [];
}

export function text(value: unknown): string {
  if (typeof value !== 'string') {
    throw new Error(`no text: ${JSON.stringify(value)}`);
  }
  return value;
}

export function texts(value: unknown): string[] {
  return list(value).map(text);
}

export function number(value: unknown): number {
  if (typeof value !== 'number') {
    throw new Error(`no number: ${JSON.stringify(value)}`);
  }
  return value;
}

/** The objects that the kustomization names, in its order. */
export function readObjects(files: readonly OutputFile[]): KubernetesObject[] {
  const content = new Map(files.map((file) => [file.path, file.content]));
  const folder = posix.dirname(files.find(({ path }) => path.endsWith('/kustomization.yaml'))?.path ?? '');
  const kustomization = map(load(content.get(`${folder}/kustomization.yaml`) ?? ''));
  return texts(kustomization.resources).flatMap((path) => {
    const found = content.get(`${folder}/${path}`);
    if (found === undefined) {
      throw new Error(`kustomization.yaml names ${path}, which is not there`);
    }
    return loadAll(found).map(map);
  });
}
