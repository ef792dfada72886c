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

/** What a tree is, in the words of a message. */
export function describe(tree: Tree): string {
  switch (tree.kind) {
    case 'map': return 'a mapping';
    case 'list': return 'a list';
    case 'text': return `the text ${quote(tree.text)}`;
    case 'nothing': return 'nothing';
    default: return `the ${tree.kind === 'number' ? 'number' : 'truth value'} ${shorten(tree.source)}`;
  }
}

/** A value as a message shows it: short, on one line, nothing invisible. */
export function quote(text: string): string {
  return JSON.stringify(shorten(text)).replace(/[\u007f-\uffff]/g, (unit) =>
    isPlain(unit) ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isPlain(unit: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(unit);
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
