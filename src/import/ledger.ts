import { ComposeNode } from './compose/node';
import { SourceLocation } from '../model/finding';

/** Steps from the top of a compose file to one of its values. */
export type KeyPath = readonly (string | number)[];

/** What an import made of a value. */
export enum Outcome {
  /** The model has it as it was. */
  KEPT = 'kept',
  /** The model has it in another form. */
  SAID = 'said',
  /** The model is stricter. */
  TIGHTENED = 'tightened',
  /** It is handed to Compose as it was; a cluster does not get it. */
  OVERRIDE = 'override',
  /** A person has to look at it. */
  DECISION = 'decision',
  /** It cannot be said. */
  REFUSED = 'refused',
}

/** One line of the account that an import gives. */
export interface LedgerEntry {
  readonly path: KeyPath;
  readonly location: SourceLocation;
  readonly outcome: Outcome;
  /** What it became. */
  readonly how: string;
  /** What a person can or must do. */
  readonly fix?: string;
}

/** What a translation says about the values that it uses. */
export type Use = Pick<LedgerEntry, 'outcome' | 'how' | 'fix'>;

/**
 * Accounts for every value of a compose file: each is used by exactly one translation. What no translation uses is left
 * over, and has to become an override.
 */
export class Ledger {
  private readonly leaves: Leaf[] = [];
  private readonly uses: (Use | undefined)[] = [];
  /** Where the values at a path and below it begin and end in the list of leaves. */
  private readonly ranges = new Map<string, readonly [start: number, end: number]>();

  constructor(document: ComposeNode) {
    this.index(document, []);
  }

  /** Notes what became of every value at a path or below it that is not used yet. */
  public use(path: KeyPath, use: Use): void {
    this.update(path, (before) => before ?? use);
  }

  /** Notes what became of every value at a path and below it, whatever was noted before. */
  public replace(path: KeyPath, use: Use): void {
    this.update(path, () => use);
  }

  /** Whether every value at a path and below it is used. */
  public isUsed(path: KeyPath): boolean {
    const [start, end] = this.rangeOf(path);
    return this.uses.slice(start, end).every((use) => use !== undefined);
  }

  /** Paths of the values that no translation used, in the order of the file. */
  public get unused(): KeyPath[] {
    return this.leaves.filter((_, index) => this.uses[index] === undefined).map(({ path }) => path);
  }

  /** What became of each value, in the order of the file. */
  public get entries(): LedgerEntry[] {
    return this.leaves.flatMap((leaf, index) => {
      const use = this.uses[index];
      return use === undefined ? [] : [{ ...leaf, ...use }];
    });
  }

  private update(path: KeyPath, change: (before: Use | undefined) => Use): void {
    const [start, end] = this.rangeOf(path);
    for (let at = start; at < end; at++) {
      this.uses[at] = change(this.uses[at]);
    }
  }

  private rangeOf(path: KeyPath): readonly [start: number, end: number] {
    return this.ranges.get(JSON.stringify(path)) ?? [0, 0];
  }

  /** Leaves are scalars, and lists and mappings that hold nothing. */
  private index(node: ComposeNode, path: KeyPath): void {
    const start = this.leaves.length;
    const below = node.kind === 'map' ? [...node.entries] : node.kind === 'list' ? [...node.items.entries()] : [];
    for (const [step, one] of below) {
      this.index(one, [...path, step]);
    }
    if (below.length === 0) {
      this.leaves.push({ path, location: node.location });
    }
    this.ranges.set(JSON.stringify(path), [start, this.leaves.length]);
  }
}

interface Leaf {
  readonly path: KeyPath;
  readonly location: SourceLocation;
}
