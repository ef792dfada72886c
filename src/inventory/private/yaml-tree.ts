import type * as Yaml from 'yaml';
import { Report } from './report';
import { Entry, Spot, Tree } from './tree';
import { quote } from '../../util/printable';

type SpotOf = (offset: number) => Spot;

/** Turns the library's nodes into ours and reports duplicate keys. */
export function toTree(yaml: typeof Yaml, node: Yaml.ParsedNode, spotOf: SpotOf, report: Report): Tree {
  const at = spotOf(node.range[0]);
  if (yaml.isMap<Yaml.ParsedNode, Yaml.ParsedNode | null>(node)) {
    return { kind: 'map', at, entries: entriesOf(yaml, node.items, spotOf, report) };
  }
  if (yaml.isSeq<Yaml.ParsedNode>(node)) {
    return { kind: 'list', at, items: node.items.map((item) => toTree(yaml, item, spotOf, report)) };
  }
  if (yaml.isScalar(node)) {
    return scalar(node.value, node.source ?? '', at);
  }
  throw new Error('The scan lets no alias through');
}

function scalar(value: unknown, source: string, at: Spot): Tree {
  switch (typeof value) {
    case 'string': return { kind: 'text', at, text: value };
    case 'number':
    case 'bigint': return { kind: 'number', at, source, value };
    case 'boolean': return { kind: 'boolean', at, source, value };
    default: return { kind: 'nothing', at, source, value: null };
  }
}

function entriesOf(
  yaml: typeof Yaml,
  pairs: readonly Yaml.Pair<Yaml.ParsedNode, Yaml.ParsedNode | null>[],
  spotOf: SpotOf,
  report: Report,
): Entry[] {
  const seen = new Map<string, Spot>();
  const entries: Entry[] = [];
  for (const { key, value } of pairs) {
    const at = spotOf(key.range[0]);
    if (!yaml.isScalar(key)) {
      report.add('inventory-syntax', at, 'A list or mapping is used as a key.', 'Use plain text as the key.');
      continue;
    }
    const name = String(key.value ?? key.source ?? '');
    const first = seen.get(name);
    if (first) {
      report.add(
        'inventory-duplicate',
        at,
        `The key ${quote(name)} is there twice, first in line ${first.line}.`,
        'Keep one of them.',
      );
      continue;
    }
    seen.set(name, at);
    entries.push({
      key: name,
      at,
      value: value ? toTree(yaml, value, spotOf, report) : { kind: 'nothing', at, source: '', value: null },
    });
  }
  return entries;
}
