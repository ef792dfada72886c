import { isMap, listOf, mapOf, textOf, Tree } from '../../tree';

/** An object of a manifest. */
export interface KubernetesObject {
  readonly kind: string;
  readonly name: string;
  readonly labels: Tree;
  readonly annotations: Tree;
  readonly tree: Tree;
}

const NAME_LABEL = 'app.kubernetes.io/name';
/** Of an object whose name differs from that in the model. */
const NAME_ANNOTATION = 'toolbox-constructs/name';

/** Undefined for a document that is not an object. */
export function objectOf(document: unknown): KubernetesObject | undefined {
  if (!isMap(document)) { return undefined; }
  const metadata = mapOf(document.metadata);
  return {
    kind: textOf(document.kind),
    name: textOf(metadata.name),
    labels: mapOf(metadata.labels),
    annotations: mapOf(metadata.annotations),
    tree: document,
  };
}

/** Returns the name in the model of the service or volume that an object is for. */
export function modelName({ annotations, labels, name }: KubernetesObject): string {
  return textOf(annotations[NAME_ANNOTATION]) || textOf(labels[NAME_LABEL]) || name;
}

/**
 * Whether a selector chooses something with these labels. A selector that cannot be read chooses everything, so that
 * nothing looks closed that may be open.
 */
export function selects(selector: unknown, labels: Tree): boolean {
  const { matchLabels, matchExpressions } = mapOf(selector);
  return Object.entries(mapOf(matchLabels)).every(([name, value]) => labels[name] === value)
    && listOf(matchExpressions).every((expression) => holds(mapOf(expression), labels));
}

function holds({ key, operator, values }: Tree, labels: Tree): boolean {
  const value = labels[textOf(key)];
  const isListed = listOf(values).includes(value);
  switch (operator) {
    case 'In': return isListed;
    case 'NotIn': return !isListed;
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    default: return true;
  }
}

/** `app=web, tier in (a, b)` */
export function selectorText(selector: unknown): string {
  const { matchLabels, matchExpressions } = mapOf(selector);
  const equal = Object.entries(mapOf(matchLabels)).map(([name, value]) => `${name}=${textOf(value)}`);
  const others = listOf(matchExpressions)
    .filter(isMap)
    .map(
      ({ key, operator, values }) => `${textOf(key)} ${textOf(operator)} (${listOf(values).map(textOf).join(', ')})`,
    );
  return [...equal, ...others].sort().join(', ');
}

export function isEverything(selector: unknown): boolean {
  return isMap(selector) && selectorText(selector) === '';
}
