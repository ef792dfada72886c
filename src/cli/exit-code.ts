/** Exit codes of the command. */
export enum ExitCode {
  FINE = 0,
  /** Findings that are errors, or drift. */
  FINDINGS = 1,
  /** Usage error: unknown command or option, or no project. */
  WRONG_USE = 2,
  /** Temporary failure, for example a registry that does not answer. */
  COULD_NOT_RUN = 75,
}
