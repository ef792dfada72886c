import { daysBetween } from '../days';
import { Examiner, Result } from '../examination';

/** Time to fix what a waiver lets through, or to decide again. */
const SOON_DAYS = 14;
const FIX = 'Fix its findings, or review the waiver and set a later date in the model.';

/** Last days of waivers, where they have one. */
export const waivers: Examiner = {
  examine: ({ props: { plan, today } }) =>
    plan.waivers.flatMap(({ path, rule, until }) =>
      until === undefined ? [] : [judge(`${rule} for ${path}`, until, today)],
    ),
};

function judge(subject: string, until: string, today: string): Result {
  const facts = { subject, expected: 'a last day that is not over' };
  const left = daysBetween(today, until);
  if (Number.isNaN(left)) {
    return { ...facts, status: 'failure', found: `no date: ${until}`, fix: 'Write the day as 2026-12-31.' };
  }
  if (left < 0) {
    return { ...facts, status: 'failure', found: `over since ${until}`, fix: FIX };
  }
  return left <= SOON_DAYS
    ? { ...facts, status: 'warning', found: `over after ${until}`, fix: FIX }
    : { ...facts, status: 'ok', found: `until ${until}` };
}
