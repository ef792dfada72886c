/** Thrown if a signal ends the command while the app runs. */
export class Interrupted extends Error {
  constructor(public readonly signal: NodeJS.Signals) {
    super(signal);
  }
}
