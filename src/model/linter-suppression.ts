import { Finding, SourceLocation } from './finding';

/** Something a linter from outside finds in the generated files or the sources, and that is right as it is. */
export interface LinterSuppression {
  /** The linter, for example `kube-linter`. */
  readonly linter: string;
  /** Id of its check, for example `no-read-only-root-fs`. */
  readonly check: string;
  /** Where it is let through: a file or an object, as the linter names it. */
  readonly where: string;
  /** Why it is right as it is. */
  readonly reason: string;
  /** Where it is written. */
  readonly location: SourceLocation;
}

/** Source of linter suppressions, for example a file. */
export interface ILinterSuppressionSource {
  /** Sorted by linter, check and place. */
  readonly entries: LinterSuppression[];
  /** Errors in the source. */
  readonly findings: Finding[];
}
