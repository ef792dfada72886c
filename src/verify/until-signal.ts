const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a task that is aborted by the first signal. A second signal ends the process at once.
 *
 * @param work the task; ends soon after its abort signal.
 * @param onSignal called on the first signal.
 * @returns the signal; undefined if the task ended by itself.
 */
export async function untilSignal(
  work: (abort: AbortSignal) => Promise<void>,
  onSignal: () => void,
): Promise<NodeJS.Signals | undefined> {
  const controller = new AbortController();
  let received: NodeJS.Signals | undefined;
  const hear = (signal: NodeJS.Signals) => {
    if (received !== undefined) {
      process.exit(1);
    }
    received = signal;
    onSignal();
    controller.abort();
  };
  SIGNALS.forEach((signal) => process.on(signal, hear));
  try {
    await work(controller.signal);
    return received;
  } finally {
    SIGNALS.forEach((signal) => process.removeListener(signal, hear));
  }
}
