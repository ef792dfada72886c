import { compareText } from '../plan/collections';
import { CheckPlan } from '../plan/plan';

/**
 * Sorts checks: long ones first, to finish early; exclusive ones last.
 */
export function inOrder(checks: readonly CheckPlan[]): CheckPlan[] {
  return [...checks].sort(
    (a, b) =>
      Number(a.exclusive) - Number(b.exclusive) || b.timeoutSeconds - a.timeoutSeconds || compareText(a.name, b.name),
  );
}

/**
 * Runs checks concurrently, except exclusive ones.
 *
 * @param jobs maximum number of concurrent checks.
 * @param run runs a check; never throws, and starts nothing after an abort.
 */
export async function schedule(
  checks: readonly CheckPlan[],
  jobs: number,
  run: (check: CheckPlan) => Promise<void>,
): Promise<void> {
  const waiting = inOrder(checks);
  const together = waiting.filter(({ exclusive }) => !exclusive);
  const work = async () => {
    for (let next = together.shift(); next !== undefined; next = together.shift()) {
      await run(next);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, together.length) }, work));
  for (const check of waiting.filter(({ exclusive }) => exclusive)) {
    await run(check);
  }
}
