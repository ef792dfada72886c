/** Where something was written: the user's code or an inventory. */
export interface SourceLocation {
  /** Relative to the project's folder, with forward slashes. */
  readonly file: string;
  /** First line is 1. */
  readonly line: number;
  /**
   * First column is 1.
   *
   * @default - only the line is known
   */
  readonly column?: number;
}

/** How much a finding weighs. */
export enum Severity {
  /** Nothing is written until it is fixed or waived. */
  ERROR = 'error',
  /** Reported; does not stop the synthesis. */
  WARNING = 'warning',
}

/** Something that is wrong with a model or an inventory, found before anything is written. */
export interface Finding {
  /** Id of the rule that was broken, as listed in docs/rules.md. */
  readonly rule: string;
  /** Whether it stops the synthesis. */
  readonly severity: Severity;
  /**
   * Path of the construct that is meant, for example `shop/database`.
   *
   * @default - the finding is about a file, not a construct
   */
  readonly path?: string;
  /**
   * Where the construct or the inventory entry was written.
   *
   * @default - unknown
   */
  readonly location?: SourceLocation;
  /** The error, with the value that was found. */
  readonly message: string;
  /** How to fix it. */
  readonly fix: string;
  /**
   * The reason given by the waiver that lets this finding through.
   *
   * @default - not waived
   */
  readonly waived?: string;
}
