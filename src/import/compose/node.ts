import { SourceLocation } from '../../model/finding';

/**
 * Value of a compose file with its place. Scalars keep their text: what `0777` or `yes` means depends on the key.
 */
export type ComposeNode = ScalarNode | ListNode | MapNode;

/** What Compose does with the value of an earlier file: nothing of it stays, or all of it is replaced. */
export type MergeTag = '!reset' | '!override';

interface Placed {
  readonly location: SourceLocation;
  /** Comment lines directly above, without `#`. */
  readonly comment?: string;
  readonly tag?: MergeTag;
}

/** Text, number, flag or nothing. */
export interface ScalarNode extends Placed {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As written, without quotes. */
  readonly text: string;
}

/** Items in the order of the file. */
export interface ListNode extends Placed {
  readonly kind: 'list';
  readonly items: readonly ComposeNode[];
}

/** Entries in the order of the file. */
export interface MapNode extends Placed {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, ComposeNode>;
}

/** Makes a scalar with the place of another node. */
export function scalar(value: ScalarNode['value'], from: ComposeNode): ScalarNode {
  return { kind: 'scalar', value, text: value === null ? '' : String(value), ...placeOf(from) };
}

/** Makes a list with the place of another node. */
export function list(items: readonly ComposeNode[], from: ComposeNode): ListNode {
  return { kind: 'list', items, ...placeOf(from) };
}

/** Makes a mapping with the place of another node. Leaves out entries without a value. */
export function map(entries: Iterable<readonly [string, ComposeNode | undefined]>, from: ComposeNode): MapNode {
  const present = [...entries].filter((entry): entry is [string, ComposeNode] => entry[1] !== undefined);
  return { kind: 'map', entries: new Map(present), ...placeOf(from) };
}

/** Returns the value of a key, if the node is a mapping that has it. */
export function get(node: ComposeNode | undefined, ...keys: readonly string[]): ComposeNode | undefined {
  return keys.reduce<ComposeNode | undefined>(
    (at, key) => (at?.kind === 'map' ? at.entries.get(key) : undefined),
    node,
  );
}

/** Returns the entries of a mapping, and none for any other node. */
export function entriesOf(node: ComposeNode | undefined): [string, ComposeNode][] {
  return node?.kind === 'map' ? [...node.entries] : [];
}

/** Returns the items of a list, and none for any other node. */
export function itemsOf(node: ComposeNode | undefined): readonly ComposeNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** Returns the text of a scalar. */
export function textOf(node: ComposeNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? node.text : undefined;
}

/** Returns plain values, for comparisons and output. */
export function plain(node: ComposeNode): unknown {
  switch (node.kind) {
    case 'scalar': return node.value;
    case 'list': return node.items.map(plain);
    case 'map': return Object.fromEntries([...node.entries].map(([key, value]) => [key, plain(value)]));
    default: return node satisfies never;
  }
}

function placeOf({ location, comment, tag }: Placed): Placed {
  return { location, ...comment === undefined ? {} : { comment }, ...tag === undefined ? {} : { tag } };
}
