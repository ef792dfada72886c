import { daysBetween } from './days';
import { Examiner, Result } from './examination';

/** Time to mend what a waiver lets through, or to decide anew. */
const SOON_DAYS = 14;
const MEND = 'Mend what it lets through, or decide anew and set another day in the model.';

/** Last days of waivers, where they have one. */
export const waivers: Examiner = {
  examine: ({ plan, today }) => plan.waivers.flatMap(({ path, rule, until }) => (until === undefined ? [] : [judge(`${rule} for ${path}`, until, today)])),
};

function judge(subject: string, until: string, today: string): Result {
  const asked = 'a last day that is not over';
  const left = daysBetween(today, until);
  if (Number.isNaN(left)) return { subject, status: 'wrong', found: `no date: ${until}`, asked, mend: 'Write the day as 2026-12-31.' };
  if (left < 0) return { subject, status: 'wrong', found: `over since ${until}`, asked, mend: MEND };
  return left <= SOON_DAYS ? { subject, status: 'warning', found: `over after ${until}`, asked, mend: MEND } : { subject, status: 'ok', found: `until ${until}`, asked };
}
