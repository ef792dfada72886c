/** Why a call was stopped. */
export type StopReason = 'timeout' | 'cancelled' | 'shutdown';

/**
 * Stops one call: at its time limit, when the client cancels, at shutdown. One controller and its own listeners, taken
 * off again, because signals composed of a signal that lives as long as the process pile up.
 */
export class Deadline {
  /** Why the call was stopped; undefined while it may go on. */
  public passed: StopReason | undefined;
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly onCancel: () => void;
  private readonly onShutdown: () => void;

  constructor(timeoutMs: number, private readonly cancel: AbortSignal, private readonly shutdown: AbortSignal) {
    this.onCancel = () => this.stop('cancelled');
    this.onShutdown = () => this.stop('shutdown');
    this.timer = setTimeout(() => this.stop('timeout'), timeoutMs);
    cancel.addEventListener('abort', this.onCancel);
    shutdown.addEventListener('abort', this.onShutdown);
    if (cancel.aborted) {
      this.stop('cancelled');
    } else if (shutdown.aborted) {
      this.stop('shutdown');
    }
  }

  public get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Rejects as soon as the call is stopped, even if the task ignores its signal. */
  public async race<T>(task: Promise<T>): Promise<T> {
    task.catch(() => undefined);
    return Promise.race([
      task,
      new Promise<never>((_, reject) => {
        const stopped = (): void => reject(new Error('stopped'));
        if (this.signal.aborted) {
          stopped();
        }
        this.signal.addEventListener('abort', stopped, { once: true });
      }),
    ]);
  }

  public clear(): void {
    clearTimeout(this.timer);
    this.cancel.removeEventListener('abort', this.onCancel);
    this.shutdown.removeEventListener('abort', this.onShutdown);
  }

  private stop(reason: StopReason): void {
    this.passed ??= reason;
    this.controller.abort();
  }
}
