import { daysBetween } from '../days';
import { Examiner, Result } from '../examination';

/** Days before the last day at which a waiver is reported. */
const SOON_DAYS = 14;
const FIX = 'Fix its findings, or review the waiver and set a later date in the model.';

/** Checks the expiry dates of waivers. */
export const waivers: Examiner = {
  examine: ({ props: { plan, today } }) =>
    plan.waivers.flatMap(({ path, rule, until }) =>
      until === undefined ? [] : [judge(`${rule} for ${path}`, until, today)],
    ),
};

function judge(subject: string, until: string, today: string): Result {
  const facts = { subject, expected: 'not expired' };
  const left = daysBetween(today, until);
  if (Number.isNaN(left)) {
    return { ...facts, status: 'failure', found: `invalid date: ${until}`, fix: 'Use the form 2026-12-31.' };
  }
  if (left < 0) {
    return { ...facts, status: 'failure', found: `expired on ${until}`, fix: FIX };
  }
  return left <= SOON_DAYS
    ? { ...facts, status: 'warning', found: `expires on ${until}`, fix: FIX }
    : { ...facts, status: 'ok', found: `valid until ${until}` };
}
