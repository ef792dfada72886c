/** How a command ends. */
export enum ExitCode {
  FINE = 0,
  /** Findings that are errors, or drift. */
  FINDINGS = 1,
  /** Wrong use: unknown command or option, no project here. */
  WRONG_USE = 2,
  /** It could not do its work here and now; another time it may. */
  COULD_NOT_RUN = 75,
}
