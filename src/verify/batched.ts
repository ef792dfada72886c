/**
 * Shares one call among all callers that asked before it started. For expensive questions whose answer must not be
 * older than the request.
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
