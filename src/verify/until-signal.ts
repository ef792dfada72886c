const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Lets a work end in good order when this process is told to end. Being told twice ends it at once.
 *
 * @param work ends soon when its signal says so.
 * @param onSignal is called the first time.
 * @returns what the process was told; undefined when the work ended by itself.
 */
export async function untilSignal(
  work: (abort: AbortSignal) => Promise<void>,
  onSignal: () => void,
): Promise<NodeJS.Signals | undefined> {
  const controller = new AbortController();
  let told: NodeJS.Signals | undefined;
  const hear = (signal: NodeJS.Signals) => {
    if (told !== undefined) {
      process.exit(1);
    }
    told = signal;
    onSignal();
    controller.abort();
  };
  SIGNALS.forEach((signal) => process.on(signal, hear));
  try {
    await work(controller.signal);
    return told;
  } finally {
    SIGNALS.forEach((signal) => process.removeListener(signal, hear));
  }
}
