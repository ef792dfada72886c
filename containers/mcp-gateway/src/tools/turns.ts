import { throwIfStopped } from '../workspace';

/** Milliseconds of work in one turn of the event loop, all calls together. */
const TURN_MS = 10;

/** The part of its time that a call works before it answers with what it has. */
const LATE = 0.6;

/**
 * When the work of this turn began, and who waits for a turn of their own. Shared, so that many calls take no longer
 * turns than one.
 */
const loop = { since: 0, waiting: [] as (() => void)[] };

function nextTurn(): void {
  loop.since = performance.now();
  loop.waiting.shift()?.();
  if (loop.waiting.length > 0) {
    setImmediate(nextTurn);
  }
}

/** Waits for a turn of the event loop in which no other call works. */
export async function ownTurn(): Promise<void> {
  return new Promise((resolve) => {
    loop.waiting.push(resolve);
    if (loop.waiting.length === 1) {
      setImmediate(nextTurn);
    }
  });
}

/**
 * Cuts the work of a call into slices, so that other calls and probes get their turn in between and a call that is over
 * ends. Between two `pass()` a call does work of a fixed size: so many bytes, or one name.
 */
export class Turns {
  private readonly lateAt: number;

  /** @param timeoutMs time of the call @default unlimited */
  constructor(private readonly signal: AbortSignal, timeoutMs = Infinity) {
    this.lateAt = performance.now() + timeoutMs * LATE;
  }

  /** Whether the call should return what it has and where to go on: only a little of its time is left. */
  public get isLate(): boolean {
    return performance.now() > this.lateAt;
  }

  /**
   * Waits for the next turn if this one is used up.
   * @throws ToolFailure if the call is over
   */
  public async pass(): Promise<void> {
    if (performance.now() - loop.since > TURN_MS) {
      await ownTurn();
    }
    throwIfStopped(this.signal);
  }
}
