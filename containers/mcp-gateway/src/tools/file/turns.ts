import { setImmediate as nextTurn } from 'timers/promises';
import { throwIfStopped } from '../../workspace';

const TURN_MS = 15;

/** Keeps long work from stopping the server: others have their turn in between, and a call that is over ends. */
export class Turns {
  private since = performance.now();

  public constructor(private readonly signal: AbortSignal) {}

  /** @throws ToolFailure when the caller has stopped waiting */
  public async pass(): Promise<void> {
    if (performance.now() - this.since > TURN_MS) {
      await nextTurn();
      throwIfStopped(this.signal);
      this.since = performance.now();
    }
  }
}
