import type * as Yaml from 'yaml';
import { didYouMean } from '../util/nearest';
import { UsageError } from '../util/usage-error';

type Node = Yaml.ParsedNode | null;

interface Walked {
  readonly steps: readonly (string | number)[];
  readonly offset: number;
}

/**
 * Follows a path: keys with dots between them, items as `[0]` or `.0`. A key that has dots itself is taken as it is,
 * since what is there tells how to read the path.
 *
 * @throws UsageError at the first part that is not there.
 */
export function walk(yaml: typeof Yaml, root: Node, path: string, label: string): Walked {
  const steps: (string | number)[] = [];
  let node = root;
  let offset = root?.range[0] ?? 0;
  let rest = path.trim().replace(/^\./, '');
  while (rest !== '') {
    const found = step(yaml, node, rest);
    if (found === undefined) { throw new UsageError(missing(yaml, node, rest, path, label)); }
    steps.push(found.step);
    ({ node, offset } = found);
    rest = rest.slice(found.length).replace(/^\.(?=.)/, '');
  }
  return { steps, offset };
}

interface Found {
  readonly step: string | number;
  readonly node: Node;
  readonly offset: number;
  /** Of the part of the path that was used. */
  readonly length: number;
}

function step(yaml: typeof Yaml, node: Node, rest: string): Found | undefined {
  if (yaml.isMap<Yaml.ParsedNode, Node>(node)) {
    const fitting = node.items.filter(({ key }) => spelling(keyOf(key), rest) !== undefined);
    const [pair] = fitting.sort((a, b) => keyOf(b.key).length - keyOf(a.key).length);
    return (
      pair && {
        step: keyOf(pair.key),
        node: pair.value,
        offset: pair.key.range[0],
        length: spelling(keyOf(pair.key), rest)!,
      }
    );
  }
  const [used, inBrackets, plain] = /^(?:\[(\d{1,9})\]|(\d{1,9})(?=\.|\[|$))/.exec(rest) ?? [];
  if (used === undefined || !yaml.isSeq<Yaml.ParsedNode>(node)) { return undefined; }
  const index = Number(inBrackets ?? plain);
  const item = node.items[index];
  return item && { step: index, node: item, offset: item.range[0], length: used.length };
}

/** How much of the path a key is, if it is the next part of it: plain, or as `["key"]`. */
function spelling(key: string, rest: string): number | undefined {
  const quoted = [`[${JSON.stringify(key)}]`, `['${key}']`].find((text) => rest.startsWith(text));
  if (quoted !== undefined) { return quoted.length; }
  return key !== '' && rest.startsWith(key) && /^(?:$|\.|\[)/.test(rest.slice(key.length)) ? key.length : undefined;
}

function missing(yaml: typeof Yaml, node: Node, rest: string, path: string, label: string): string {
  const before = path.slice(0, path.length - rest.length).replace(/\.$/, '');
  const where = before === '' ? label : `"${before}" in ${label}`;
  const wanted = /^[^.[]+/.exec(rest)?.[0] ?? rest;
  if (yaml.isSeq(node)) { return `${where} has ${node.items.length} items, and no "${wanted}". The first one is [0].`; }
  const keys = yaml.isMap<Yaml.ParsedNode, Node>(node) ? node.items.map(({ key }) => keyOf(key)) : [];
  return keys.length === 0
    ? `${where} has nothing below it, so no "${wanted}".`
    : `${where} has no "${wanted}".${didYouMean(wanted, keys) || ` It has ${listed(keys)}.`}`;
}

function listed(keys: readonly string[]): string {
  const shown = keys.slice(0, 12).map((key) => `"${key}"`).join(', ');
  return keys.length > 12 ? `${shown} and ${keys.length - 12} more` : shown;
}

function keyOf(key: Yaml.ParsedNode): string {
  return String((key as Yaml.Scalar).value);
}
