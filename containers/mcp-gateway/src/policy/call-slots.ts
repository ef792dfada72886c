/** Why a call was not run although the policy allows it: too many waited, or it waited too long. */
export const QUEUE_RULES = ['queue-full', 'queue-timeout'] as const;

/** The call was not run, because too many of its client run or wait already. */
export class QueueFull extends Error {
  constructor(public readonly running: number, public readonly waiting: number) {
    super(`${running} calls run and ${waiting} wait`);
    this.name = 'QueueFull';
  }
}

export interface CallSlotsOptions {
  /** Calls that run at once, all clients together. */
  readonly slots: number;
  /** Clients that share the slots. */
  readonly clients: number;
  /** Calls of one client that may wait. */
  readonly waiting: number;
}

interface ClientCalls {
  running: number;
  /** Slots that its calls take. */
  taken: number;
  /** When it last started a call, counted in starts. */
  turn: number;
  readonly waiting: { readonly weight: number; readonly go: () => void }[];
}

/**
 * Returns the part of a total that one client may use: an equal one, and at least one. It stays free for its client, so
 * that no client can take the share of another.
 */
export function shareOf(total: number, clients: number): number {
  return Math.max(1, Math.floor(total / Math.max(1, clients)));
}

/**
 * Limits the calls that run at once. A client beyond its share waits for its own calls only. When there are more
 * clients than slots, free slots go around among the clients that wait.
 */
export class CallSlots {
  private readonly share: number;
  private readonly clients = new Map<string, ClientCalls>();
  private taken = 0;
  private turn = 0;

  constructor(private readonly options: CallSlotsOptions) {
    this.share = shareOf(options.slots, options.clients);
  }

  /** Calls that wait, all clients together. */
  public get waiting(): number {
    return [...this.clients.values()].reduce((sum, { waiting }) => sum + waiting.length, 0);
  }

  /**
   * Waits for a slot. The caller releases it once nothing of the call runs any more.
   *
   * @param weight slots that the call takes, at most the share of its client
   * @returns releases the slot
   * @throws QueueFull when the client may have no more calls waiting
   * @throws the signal's reason when it fires while the call waits
   */
  public async take(client: string, signal: AbortSignal, weight = 1): Promise<() => void> {
    signal.throwIfAborted();
    const calls = this.callsOf(client);
    const slots = Math.min(weight, this.share);
    if (calls.waiting.length === 0 && this.mayStart(calls, slots)) {
      return this.start(calls, slots);
    }
    if (calls.waiting.length >= this.options.waiting) {
      throw new QueueFull(calls.running, calls.waiting.length);
    }
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        calls.waiting.splice(calls.waiting.indexOf(waiting), 1);
        reject(signal.reason as Error);
        // a lighter one may be behind it
        this.startNext();
      };
      const go = (): void => {
        signal.removeEventListener('abort', stop);
        resolve(this.start(calls, slots));
      };
      const waiting = { weight: slots, go };
      calls.waiting.push(waiting);
      signal.addEventListener('abort', stop, { once: true });
    });
  }

  private callsOf(client: string): ClientCalls {
    const calls = this.clients.get(client) ?? { running: 0, taken: 0, turn: 0, waiting: [] };
    this.clients.set(client, calls);
    return calls;
  }

  private mayStart(calls: ClientCalls, slots: number): boolean {
    return calls.taken + slots <= this.share && this.taken + slots <= this.options.slots;
  }

  private start(calls: ClientCalls, slots: number): () => void {
    calls.running += 1;
    calls.taken += slots;
    this.taken += slots;
    this.turn += 1;
    calls.turn = this.turn;
    let released = false;
    return () => {
      if (!released) {
        released = true;
        calls.running -= 1;
        calls.taken -= slots;
        this.taken -= slots;
        this.startNext();
      }
    };
  }

  /** Starts the calls that the free slots let through, one client after the other. */
  private startNext(): void {
    for (;;) {
      const ready = [...this.clients.values()].filter(
        (calls) => calls.waiting.length > 0 && this.mayStart(calls, calls.waiting[0].weight),
      );
      const [next] = ready.sort((a, b) => a.turn - b.turn);
      if (next === undefined) {
        return;
      }
      next.waiting.shift()?.go();
    }
  }
}
