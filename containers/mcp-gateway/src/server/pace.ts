/** Refusals a second that one key gets. */
const PER_SECOND = 200;
const MAX_WAIT_MS = 1000;

/**
 * Spaces out the refusals of one client or address. One that asks again at once, over and over, would otherwise keep
 * the processor busy with refusals alone.
 */
export class RefusalPace {
  /** Time of the next refusal, for keys that had one just now. */
  private readonly due = new Map<string, number>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @returns once the next refusal of this key may be sent, after a second at most */
  public async hold(key: string): Promise<void> {
    const now = this.now();
    const at = Math.min(Math.max(this.due.get(key) ?? 0, now), now + MAX_WAIT_MS);
    if (!this.due.has(key)) {
      this.forgetOld(now);
    }
    this.due.set(key, at + 1000 / PER_SECOND);
    if (at > now) {
      await new Promise((resolve) => setTimeout(resolve, at - now));
    }
  }

  private forgetOld(now: number): void {
    for (const [key, due] of this.due) {
      if (due <= now) {
        this.due.delete(key);
      }
    }
  }
}
