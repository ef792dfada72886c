/** Something in a compose file that Compose or an engine refuses. */
export interface DocumentProblem {
  /** Id of the rule that reports it. */
  readonly rule: 'override-key' | 'override-value';
  /** Steps to the value; several if keys exclude each other. */
  readonly places: readonly (readonly string[])[];
  readonly message: string;
  readonly fix: string;
}

/** Returns a problem of the rule `override-value`. */
export function wrongValue(
  message: string,
  fix: string,
  ...places: readonly (readonly string[])[]
): DocumentProblem {
  return { rule: 'override-value', places, message, fix };
}
