/** Thrown if a signal ends the command while the app runs. */
export class Interrupted extends Error {
  constructor(public readonly signal: NodeJS.Signals) {
    super(signal);
  }
}

/** A usage error. Printed as one sentence, without a stack trace. */
export class UsageError extends Error {
}

/** Exit code of a command that could not run on this machine now (EX_TEMPFAIL of sysexits.h). */
export const COULD_NOT_RUN = 75;
