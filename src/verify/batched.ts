/**
 * Makes one call serve everybody who asked before it began: for a question whose answer must be younger than the
 * asking, and which costs more than it is worth to put for each one again.
 */
export function batched<T>(ask: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  return () => {
    next ??= running.then(() => {
      const answer = ask();
      running = answer.catch(() => undefined);
      next = undefined;
      return answer;
    });
    return next;
  };
}
