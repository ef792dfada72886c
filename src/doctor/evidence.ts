import { daysBetween } from './days';
import { Examiner, Result } from './examination';
import { RecordPlan } from '../plan/plan';

/** A quarter of a year: machines, engines and models have moved on by then. */
const OLD_DAYS = 90;

/** Age of what was recorded about the model's checks. Whether it still holds for the model is for `toolbox status` to tell. */
export const evidence: Examiner = {
  examine: ({ plan: { checks }, today }) => checks.flatMap(({ name, status }) => (status.kind === 'to-verify' ? [] : [judge(name, status.record, today)])),
};

function judge(subject: string, { at, location }: RecordPlan, today: string): Result {
  const asked = `at most ${OLD_DAYS} days old`;
  const place = `${location.file}:${location.line}`;
  const age = daysBetween(at, today);
  if (Number.isNaN(age)) return { subject, status: 'wrong', found: `recorded on no date: ${at}`, asked, mend: `Verify it again: toolbox verify ${subject} (${place})` };
  // the clocks of two machines differ, and a day begins at another hour elsewhere
  if (age < -1) return { subject, status: 'wrong', found: `recorded in the future, on ${at}`, asked, mend: `Look at the clock, then verify again: toolbox verify ${subject} (${place})` };
  const found = age < 1 ? 'of today' : `${age} day${age === 1 ? '' : 's'} old`;
  return age <= OLD_DAYS ? { subject, status: 'ok', found, asked } : { subject, status: 'warning', found, asked, mend: `Verify it again: toolbox verify ${subject}` };
}
