import { RecordPlan } from '../../plan/plan';
import { daysBetween } from '../days';
import { Examiner, Result } from '../examination';

/** Age in days from which evidence is reported as old. */
const OLD_DAYS = 90;

/** Checks the age of evidence. `toolbox status` checks whether it still matches the model. */
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
      found: `recorded on an invalid date: ${at}`,
      fix: `Verify it again: ${verify} (${place})`,
    };
  }
  // allows for clock differences and time zones
  if (age < -1) {
    return {
      ...facts,
      status: 'failure',
      found: `recorded in the future, on ${at}`,
      fix: `Check the clock, then verify again: ${verify} (${place})`,
    };
  }
  const found = age < 1 ? 'recorded today' : `${age} day${age === 1 ? '' : 's'} old`;
  return age <= OLD_DAYS
    ? { ...facts, status: 'ok', found }
    : { ...facts, status: 'warning', found, fix: `Verify it again: ${verify}` };
}
