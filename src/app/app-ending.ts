/** How a run of the app ended. */
export interface AppEnding {
  readonly code: number | null;
  readonly signal: string | null;
  /** Its standard error, at least the end of it; undefined if it was not captured. */
  readonly said: string | undefined;
  /** The part of it that was not shown yet. */
  readonly unheard: string;
  /** Why this process ended it; undefined when it ended by itself. */
  readonly stoppedBy: StopReason | undefined;
}

export type StopReason = NodeJS.Signals | 'timeout';

const MAX_SAID = 256 * 1024;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Keeps the output of an app and passes it on at once if there is a listener. */
export class Listener {
  public said = '';

  constructor(private readonly live?: (text: string) => void) {
  }

  public get unheard(): string {
    return this.live === undefined ? this.said : '';
  }

  public hear(stream: NodeJS.ReadableStream | null): void {
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      this.live?.(text);
      this.said = (this.said + text).slice(-MAX_SAID);
    });
  }
}

/**
 * Waits for an app, but no longer than its timeout and only until this process gets a signal to end.
 *
 * @param stop ends the app; `ended` settles then.
 * @returns why the app was stopped; undefined when it ended by itself.
 */
export async function watch(ended: Promise<void>, seconds: number, stop: () => void): Promise<StopReason | undefined> {
  let stoppedBy: StopReason | undefined;
  const stopFor = (reason: StopReason) => {
    stoppedBy ??= reason;
    stop();
  };
  const timer = setTimeout(stopFor, seconds * 1000, 'timeout');
  SIGNALS.forEach((signal) => process.on(signal, stopFor));
  try {
    await ended;
    return stoppedBy;
  } finally {
    clearTimeout(timer);
    SIGNALS.forEach((signal) => process.removeListener(signal, stopFor));
  }
}
