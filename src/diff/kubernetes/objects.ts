import { isMap, mapOf, textOf, Tree } from '../tree';

/** An object of a manifest. */
export interface KubernetesObject {
  readonly kind: string;
  readonly name: string;
  readonly labels: Tree;
  readonly tree: Tree;
}

export const NAME_LABEL = 'app.kubernetes.io/name';

/** Undefined for a document that is no object. */
export function objectOf(document: unknown): KubernetesObject | undefined {
  if (!isMap(document)) { return undefined; }
  const metadata = mapOf(document.metadata);
  return { kind: textOf(document.kind), name: textOf(metadata.name), labels: mapOf(metadata.labels), tree: document };
}

/** The service an object belongs to; its own name when it does not say. */
export function serviceOf({ labels, name }: KubernetesObject): string {
  return textOf(labels[NAME_LABEL]) || name;
}
