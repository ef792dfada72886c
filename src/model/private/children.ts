import { Construct } from 'constructs';

/**
 * Lets a child have any id. Constructs would keep children in an ordinary object, and takes what that has by itself for
 * children that are called `toString` and `constructor`.
 */
export function allowAnyId(parent: Construct): void {
  const node = parent.node as unknown as { _children?: object };
  node._children ??= Object.create(null) as object;
}
