/** A place in a file; line and column begin at 1. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

/** A parsed document that still knows where everything was written. */
export type Tree =
  | { readonly kind: 'map'; readonly at: Spot; readonly entries: readonly Entry[] }
  | { readonly kind: 'list'; readonly at: Spot; readonly items: readonly Tree[] }
  | { readonly kind: 'text'; readonly at: Spot; readonly text: string }
  /** A number, a truth value or nothing, with the words that were written. */
  | {
    readonly kind: 'number' | 'boolean' | 'nothing';
    readonly at: Spot;
    readonly source: string;
    readonly value: number | bigint | boolean | null;
  };

/** A key with its value. */
export interface Entry {
  readonly key: string;
  readonly at: Spot;
  readonly value: Tree;
}
