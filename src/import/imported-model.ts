import { Difference } from './compare/differences';
import { LedgerEntry } from './ledger';
import { Finding } from '../model/finding';

/** A difference between the source and what is generated now. */
export interface JudgedDifference extends Difference {
  /** Why it passes; undefined if it must not be. */
  readonly reason?: string;
}

/** What an import makes, before it is text. */
export interface ImportedModel {
  /** What became of every value of the source. */
  readonly entries: readonly LedgerEntry[];
  readonly differences: readonly JudgedDifference[];
  /** Findings of the new model, waived ones included. */
  readonly findings: readonly Finding[];
  /** Variables without a default in the source that got one. */
  readonly madeUp: readonly string[];
  /** The compose files that were read. */
  readonly sources: readonly string[];
}
