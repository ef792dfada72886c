import { IConstruct } from 'constructs';

/**
 * Returns the default name of a construct: the ids of its path below the toolbox, joined by dashes. Directly below the
 * toolbox that is the id alone, and two instances of one composite construct get names of their own.
 *
 * @param id as it was given: the tree replaces slashes, which a rule is to find
 */
export function defaultName({ node }: IConstruct, id: string): string {
  const above = node.scopes.slice(1, -1).map((one) => one.node.id);
  return [...above, id.includes('/') ? id : node.id].join('-');
}
