import { ComposeNode, get, list, map, textOf } from './node';

/** Lists that a later file replaces. Every other list is appended to. */
const REPLACED = /^services\.[^.]+\.(command|entrypoint|healthcheck\.test)$/;

/** What makes two entries of a list the same: the later one wins. */
const KEYS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^services\.[^.]+\.ports$/, ['host_ip', 'published', 'target', 'protocol']],
  [/^services\.[^.]+\.volumes$/, ['target']],
  [/^services\.[^.]+\.(secrets|configs)$/, ['source', 'target']],
  [/^services\.[^.]+\.env_file$/, ['path']],
];

/**
 * Merges a later compose file over an earlier one, both in long form: mappings by key, lists appended, anything else
 * replaced. `!reset` removes what came before, `!override` replaces it whole.
 */
export function merge(base: ComposeNode, over: ComposeNode, path = ''): ComposeNode | undefined {
  if (over.tag === '!reset') {
    return undefined;
  }
  if (over.tag === '!override' || REPLACED.test(path)) {
    return over;
  }
  if (base.kind === 'map' && over.kind === 'map') {
    return mergeMaps(base, over, path);
  }
  if (base.kind === 'list' && over.kind === 'list') {
    const keys = KEYS.find(([pattern]) => pattern.test(path))?.[1];
    return list(unique([...base.items, ...over.items], keys), over);
  }
  return over.kind === 'scalar' && over.value === null && base.kind !== 'scalar' ? base : over;
}

function mergeMaps(
  base: ComposeNode & { kind: 'map' },
  over: ComposeNode & { kind: 'map' },
  path: string,
): ComposeNode {
  if (/^services\.[^.]+\.logging$/.test(path) && changesDriver(base, over)) {
    return over;
  }
  const merged = new Map<string, ComposeNode | undefined>(base.entries);
  for (const [key, value] of over.entries) {
    const before = base.entries.get(key);
    const below = path === '' ? key : `${path}.${key.replaceAll('.', '_')}`;
    merged.set(key, before === undefined ? withoutReset(value) : merge(before, value, below));
  }
  return map(merged, base);
}

/** Options of one logging driver mean nothing to another. */
function changesDriver(base: ComposeNode, over: ComposeNode): boolean {
  const driver = textOf(get(over, 'driver'));
  return driver !== undefined && textOf(get(base, 'driver')) !== undefined && driver !== textOf(get(base, 'driver'));
}

/** Removes what is reset although no earlier file has it. */
export function withoutReset(node: ComposeNode): ComposeNode | undefined {
  if (node.tag === '!reset') {
    return undefined;
  }
  return node.kind === 'map' ? map([...node.entries].map(([key, value]) => [key, withoutReset(value)]), node) : node;
}

function unique(items: readonly ComposeNode[], keys: readonly string[] | undefined): ComposeNode[] {
  const kept = new Map<string, ComposeNode>();
  for (const [index, item] of items.entries()) {
    kept.set(identity(item, keys) ?? `#${index}`, item);
  }
  return [...kept.values()];
}

function identity(item: ComposeNode, keys: readonly string[] | undefined): string | undefined {
  if (item.kind === 'scalar') {
    return JSON.stringify(item.text);
  }
  return keys === undefined ? undefined : JSON.stringify(keys.map((key) => textOf(get(item, key)) ?? null));
}
