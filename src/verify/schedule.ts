import { compareText } from '../plan/order';
import { CheckPlan } from '../plan/plan';

/**
 * What may take long begins first, so that the whole ends soon; what must be alone comes when all others have ended.
 */
export function inOrder(checks: readonly CheckPlan[]): CheckPlan[] {
  return [...checks].sort(
    (a, b) =>
      Number(a.exclusive) - Number(b.exclusive) || b.timeoutSeconds - a.timeoutSeconds || compareText(a.name, b.name),
  );
}

/**
 * Runs checks side by side where they may.
 *
 * @param jobs how many at once.
 * @param run never throws; begins nothing new when all is to end.
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
