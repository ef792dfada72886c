import { RecordPlan } from '../../plan/plan';
import { daysBetween } from '../days';
import { Examiner, Result } from '../examination';

/** A quarter of a year: machines, engines and models have moved on by then. */
const OLD_DAYS = 90;

/** Age of the records of the model's checks. Whether they still hold for the model is for `toolbox status` to say. */
export const evidence: Examiner = {
  examine: ({ props: { plan, today } }) =>
    plan.checks.flatMap(({ name, status }) => (status.kind === 'to-verify' ? [] : [judge(name, status.record, today)])),
};

function judge(subject: string, { at, location }: RecordPlan, today: string): Result {
  const facts = { subject, expected: `at most ${OLD_DAYS} days old` };
  const age = daysBetween(at, today);
  const verify = `toolbox verify ${subject}`;
  const place = `${location.file}:${location.line}`;
  if (Number.isNaN(age)) {
    return {
      ...facts,
      status: 'failure',
      found: `recorded on no date: ${at}`,
      fix: `Verify it again: ${verify} (${place})`,
    };
  }
  // the clocks of two machines differ, and a day begins at another hour elsewhere
  if (age < -1) {
    return {
      ...facts,
      status: 'failure',
      found: `recorded in the future, on ${at}`,
      fix: `Look at the clock, then verify again: ${verify} (${place})`,
    };
  }
  const found = age < 1 ? 'of today' : `${age} day${age === 1 ? '' : 's'} old`;
  return age <= OLD_DAYS
    ? { ...facts, status: 'ok', found }
    : { ...facts, status: 'warning', found, fix: `Verify it again: ${verify}` };
}
