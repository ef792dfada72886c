import { Construct, IConstruct } from 'constructs';

const TAKEN = 'toolbox-constructs:taken-id';

/** A child that was given the id of another one. */
export interface TakenId {
  readonly id: string;
  /** Path that the child has instead. */
  readonly path: string;
}

/**
 * Returns an id that is free below a construct. A tree cannot hold two children of one id; a second one is put beside
 * the first under another id and reported by a rule, with all other findings.
 */
export function freeId({ node }: IConstruct, id: string): string {
  if (node.tryFindChild(id) === undefined) {
    return id;
  }
  let free = `${id}-duplicate`;
  for (let count = 2; node.tryFindChild(free) !== undefined; count++) {
    free = `${id}-duplicate-${count}`;
  }
  node.addMetadata(TAKEN, { id, path: `${node.path}/${free}` } satisfies TakenId);
  return free;
}

/** Returns the children of a construct whose id was taken. */
export function takenIds({ node }: IConstruct): TakenId[] {
  return node.metadata.filter(({ type }) => type === TAKEN).map(({ data }) => data as TakenId);
}

/**
 * Lets a child have any id. Constructs would keep children in an ordinary object, and takes what that has by itself for
 * children that are called `toString` and `constructor`.
 */
export function allowAnyId(parent: Construct): void {
  const node = parent.node as unknown as { _children?: object };
  node._children ??= Object.create(null) as object;
}
