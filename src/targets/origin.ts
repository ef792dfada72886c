import { Facet } from '../plan/target-output';
import { Step } from '../util/yaml-text';

/** Where a part of a generated file comes from. */
export interface Origin {
  /** Construct paths: first the construct that states it, then those that it names. */
  readonly constructs: readonly string[];
  /** Kinds of facts that it states. Rules judge facts by kind. */
  readonly facets: readonly Facet[];
  /** Components of the inventory whose pins are part of it. */
  readonly components: readonly string[];
  /** Statements for this target alone that are seen here. */
  readonly overrides: readonly Override[];
}

/** A statement of the model for one target alone. */
export interface Override {
  readonly construct: string;
  /** Key of the Compose service, or pointer into the object. */
  readonly at: string;
  readonly reason: string;
}

/** Creates an origin. */
export function origin(
  constructs: readonly string[],
  facets: readonly Facet[],
  rest: Partial<Pick<Origin, 'components' | 'overrides'>> = {},
): Origin {
  return together({ constructs, facets, components: [], overrides: [], ...rest });
}

/** Joins origins, without duplicates and in their order. */
export function together(...origins: readonly Origin[]): Origin {
  return {
    constructs: [...new Set(origins.flatMap(({ constructs }) => constructs))],
    facets: [...new Set(origins.flatMap(({ facets }) => facets))],
    components: [...new Set(origins.flatMap(({ components }) => components))],
    overrides: origins.flatMap(({ overrides }) => overrides),
  };
}

/** Origins are worked out when someone asks for them. */
type LazyOrigin = () => Origin | undefined;

interface Note {
  /** Origin of the node and of all below it that have no other. */
  readonly own?: LazyOrigin;
  /** Origins of single members. */
  readonly each?: (key: Step) => Origin | undefined;
  /** Nodes whose members this one took over; a later one wins. */
  readonly parts?: readonly object[];
  /** A tree of the same shape that has the notes of this one. */
  readonly twin?: object;
}

/*
 * Notes lie beside the nodes of a document, not in them: a renderer builds plain data, a reader sees plain data, and
 * nothing is computed unless someone asks where a line comes from.
 */
const notes = new WeakMap<object, Note>();

/** Notes the origin of a node and of everything below it that has no other. Returns the node. */
export function from<T extends object | undefined>(own: LazyOrigin, node: T): T {
  return node && noted(node, { ...notes.get(node), own });
}

/** Notes the origin of each member of a node. Returns the node. */
export function fromEach<T extends object | undefined>(each: (key: Step) => Origin | undefined, node: T): T {
  return node && noted(node, { ...notes.get(node), each });
}

/** Merges maps into a new one, as spreads do; each member keeps its origin. */
export function merge<T extends object>(...parts: readonly Partial<T>[]): T {
  return noted(parts.reduce((all, part) => ({ ...all, ...part }), {}) as T, { parts });
}

/** Notes that a node has the members of another, rearranged. Returns the node. */
export function like<T extends object>(source: object, node: T): T {
  return noted(node, { parts: [source] });
}

/** Notes that a document has the origins of a tree of the same shape that it was made from. Returns the document. */
export function twinOf<T extends object>(twin: object, document: T): T {
  return noted(document, { twin: notes.get(twin)?.twin ?? twin });
}

function noted<T extends object>(node: T, note: Note): T {
  notes.set(node, note);
  return node;
}

/** Returns the origin of a place in a document: the one noted nearest to it, on the way down from the root. */
export function originAt(document: object, path: readonly Step[]): Origin | undefined {
  let node: unknown = notes.get(document)?.twin ?? document;
  let found = ownOrigin(node);
  for (const step of path) {
    found = memberOrigin(node, step) ?? found;
    node = member(node, step);
    found = ownOrigin(node) ?? found;
  }
  return found;
}

function ownOrigin(node: unknown): Origin | undefined {
  return isObject(node) ? notes.get(node)?.own?.() : undefined;
}

function memberOrigin(node: unknown, step: Step): Origin | undefined {
  return isObject(node) ? notedMember(notes.get(node), step) : undefined;
}

function notedMember({ parts = [], each }: Note = {}, step: Step): Origin | undefined {
  for (const part of [...parts].reverse()) {
    const found = Object.hasOwn(part, step) ? memberOrigin(part, step) ?? ownOrigin(part) : undefined;
    if (found !== undefined) { return found; }
  }
  return each?.(step);
}

function member(node: unknown, step: Step): unknown {
  return isObject(node) && Object.hasOwn(node, step) ? (node as Record<Step, unknown>)[step] : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Copies a document with its origins. They stay with their nodes when a patch moves these. */
export function copied<T extends object>(document: T): T {
  return copy(document, notes.get(document)?.twin ?? document) as T;
}

function copy(value: unknown, source: unknown): unknown {
  if (!isObject(value)) { return value; }
  const node: object = Array.isArray(value)
    ? value.map((item, index) => copy(item, member(source, index)))
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item, member(source, key))]));
  return isObject(source)
    ? noted(node, { own: () => ownOrigin(source), each: (key) => memberOrigin(source, key) })
    : node;
}

/** Notes the origin of one member of a node, in place of the one that it had. */
export function fromMember(node: object, key: Step, own: LazyOrigin): void {
  const note = notes.get(node);
  const value = member(node, key);
  noted(node, { own: note?.own, each: (step) => (step === key ? own() : notedMember(note, step)) });
  if (isObject(value)) { from(own, value); }
}
