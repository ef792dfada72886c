/** Somebody ended the command while the app ran. */
export class Interrupted extends Error {
  constructor(public readonly signal: NodeJS.Signals) {
    super(signal);
  }
}
