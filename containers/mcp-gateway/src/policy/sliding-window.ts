const WINDOW_MS = 60_000;

/** At most `limit` events in any 60 seconds, exactly: it remembers when each of them was. */
export class SlidingWindow {
  private readonly times: number[] = [];
  private oldest = 0;

  public constructor(private readonly limit: number) {}

  /** How long until one more is allowed; 0 when it is now. */
  public wait(now: number): number {
    this.forget(now);
    return this.times.length - this.oldest < this.limit ? 0 : this.times[this.times.length - this.limit]! + WINDOW_MS - now;
  }

  /** Counts one event, whether or not it is allowed. */
  public add(now: number): void {
    this.times.push(now);
  }

  /** Nothing is remembered any more. */
  public idle(now: number): boolean {
    this.forget(now);
    return this.times.length === this.oldest;
  }

  private forget(now: number): void {
    while (this.oldest < this.times.length && this.times[this.oldest]! <= now - WINDOW_MS) {
      this.oldest += 1;
    }
    // moving the array for each forgotten event would make a large limit slow
    if (this.oldest > 1024 && this.oldest * 2 > this.times.length) {
      this.times.splice(0, this.oldest);
      this.oldest = 0;
    }
  }
}
