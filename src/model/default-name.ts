import { IConstruct } from 'constructs';

/**
 * Returns the default name of a construct: the ids of its path below the toolbox, joined by dashes. Directly below the
 * toolbox that is the id alone, and two instances of one composite construct get names of their own.
 */
export function defaultName({ node }: IConstruct): string {
  return node.scopes.slice(1).map((one) => one.node.id).join('-');
}
