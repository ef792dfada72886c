/**
 * Lets messages in one at a time for each client and round of the event loop. A client that sends a hundred at once
 * waits for its own; another's next one, and a probe, wait for one of them.
 */
export class MessageTurns {
  private readonly waiting = new Map<string, (() => void)[]>();

  public async next(client: string): Promise<void> {
    return new Promise((resolve) => {
      if (this.waiting.size === 0) {
        setImmediate(() => this.round());
      }
      const queue = this.waiting.get(client) ?? [];
      queue.push(resolve);
      this.waiting.set(client, queue);
    });
  }

  private round(): void {
    for (const [client, queue] of this.waiting) {
      queue.shift()?.();
      if (queue.length === 0) {
        this.waiting.delete(client);
      }
    }
    if (this.waiting.size > 0) {
      setImmediate(() => this.round());
    }
  }
}
