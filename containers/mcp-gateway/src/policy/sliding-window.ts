const WINDOW_MS = 60_000;

/** At most `limit` events in any 60 seconds, exactly: it remembers when each of the last `limit` was. */
export class SlidingWindow {
  /** A ring: once it is full, the oldest is where the next will be. */
  private readonly times: number[] = [];
  private next = 0;
  private latest = -Infinity;

  constructor(private readonly limit: number) {}

  /** How long until one more is allowed; 0 when it is now. */
  public wait(now: number): number {
    const oldest = this.times[this.next];
    return oldest === undefined ? 0 : Math.max(0, oldest + WINDOW_MS - now);
  }

  /** Counts one event, whether or not it is allowed. */
  public add(now: number): void {
    this.times[this.next] = now;
    this.next = (this.next + 1) % this.limit;
    this.latest = now;
  }

  /** Nothing that was counted matters any more. */
  public idle(now: number): boolean {
    return this.latest + WINDOW_MS <= now;
  }
}
