import { anExamination, TODAY } from './support';
import { evidence } from '../../src/doctor/checks/evidence';
import { waivers } from '../../src/doctor/checks/waivers';
import { daysBetween, today } from '../../src/doctor/days';
import { CheckPlan, CheckStatusPlan, WaiverPlan } from '../../src/plan/plan';

test('today is a date', () => {
  expect(daysBetween(today(), new Date().toISOString())).toBe(0);
});

test.each([
  ['2026-11-22', '2026-11-23', 1],
  ['2026-11-22T23:59:59Z', '2026-11-22', 0],
  ['2024-02-28', '2024-03-01', 2],
  ['2026-11-22', '2026-11-21', -1],
  ['2026-02-30', '2026-11-21', NaN],
  ['soon', '2026-11-21', NaN],
  ['', '2026-11-21', NaN],
])('from %j to %j are %d days', (from, to, days) => {
  expect(daysBetween(from, to)).toBe(days);
});

describe('evidence', () => {
  const record = (at: string) =>
    ({
      method: 'run',
      outcome: 'passed',
      command: 'true',
      by: 'me',
      at,
      tools: [],
      location: { file: 'e.yaml', line: 2 },
    }) as const;
  const aCheck = (status: CheckStatusPlan) => ({ name: 'build', status }) as CheckPlan;
  const look = (at: string) =>
    evidence.examine(anExamination({ checks: [aCheck({ kind: 'verified', record: record(at) })] }));

  test.each([
    [`${TODAY}T10:00:00Z`, 'ok', 'recorded today'],
    ['2026-11-23T01:00:00Z', 'ok', 'recorded today'],
    ['2026-11-21T10:00:00Z', 'ok', '1 day old'],
    ['2026-08-24T10:00:00Z', 'ok', '90 days old'],
    ['2026-08-23T10:00:00Z', 'warning', '91 days old'],
    ['2027-01-01T10:00:00Z', 'failure', 'recorded in the future, on 2027-01-01T10:00:00Z'],
    ['long ago', 'failure', 'recorded on an invalid date: long ago'],
  ])('of %s is %s', async (at, status, found) => {
    expect(await look(at)).toMatchObject([{ subject: 'build', status, found }]);
  });

  test('that is not there has no age', async () => {
    expect(await evidence.examine(anExamination({ checks: [aCheck({ kind: 'to-verify' })] }))).toEqual([]);
  });
});

describe('waivers', () => {
  const aWaiver = (until?: string): WaiverPlan => ({
    path: 'box/w',
    rule: 'image-digest',
    scope: 'box',
    reason: 'r',
    until,
    blocksApproval: false,
  });
  const look = (until?: string) => waivers.examine(anExamination({ waivers: [aWaiver(until)] }));

  test.each([
    ['2026-12-31', 'ok', 'valid until 2026-12-31'],
    ['2026-12-06', 'warning', 'expires on 2026-12-06'],
    [TODAY, 'warning', `expires on ${TODAY}`],
    ['2026-11-21', 'failure', 'expired on 2026-11-21'],
    ['next year', 'failure', 'invalid date: next year'],
  ])('until %s are %s', async (until, status, found) => {
    expect(await look(until)).toMatchObject([{ subject: 'image-digest for box/w', status, found }]);
  });

  test('without a last day are not judged', async () => {
    expect(await look()).toEqual([]);
  });
});
