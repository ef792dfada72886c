import { CheckPlan, CheckStatusPlan, Plan, WaiverPlan } from '../../../src/plan/plan';
import { judgeRequirement, Level } from '../../../src/verify/status/requirements';
import { aPlan, SOME_DIGEST } from '../../plan/plan-builder';
import { aCheck } from '../support';

const location = { file: 'inventories/evidence/x.yaml', line: 3 };

function statusOf(kind: 'verified' | 'failed', at = '2026-11-22T19:00:00Z'): CheckStatusPlan {
  return {
    kind,
    record: {
      method: 'run',
      outcome: kind === 'failed' ? 'failed' : 'passed',
      command: 'true',
      by: 'Some Body',
      at,
      tools: [],
      location,
    },
  };
}

function checked(name: string, status: CheckStatusPlan, facts: Partial<CheckPlan> = {}): CheckPlan {
  return { ...aCheck(name, 'true', facts), fingerprint: { digest: SOME_DIGEST, parts: [] }, status } as CheckPlan;
}

function waiver(until?: string): WaiverPlan {
  return { path: 'box/root', rule: 'service-user', scope: 'box/web', reason: 'x', blocksApproval: false, until };
}

/** Rule and message of what is lacking on the 22nd of November. */
function lacks(facts: Partial<Plan>, level: Level = 'verified', maxAge?: number): string[] {
  return judgeRequirement(aPlan(facts), { level, maxAge, today: '2026-11-22' }).map(
    ({ rule, message }) => `${rule}: ${message}`,
  );
}

describe('what is required', () => {
  test('is that every required check is verified', () => {
    const checks = [
      checked('a', statusOf('verified')),
      checked('b', statusOf('failed')),
      checked('c', { kind: 'to-verify' }),
      checked('d', { kind: 'to-verify' }, { required: false }),
    ];
    expect(lacks({ checks })).toEqual([
      'status-unverified: The check b: it failed on 2026-11-22.',
      'status-unverified: The check c: it has no record.',
    ]);
    expect(judgeRequirement(aPlan({ checks: [checks[2]] }), { level: 'verified', today: '2026-11-22' })).toEqual([
      {
        rule: 'status-unverified',
        severity: 'error',
        path: 'box/c',
        message: 'The check c: it has no record.',
        fix: 'npx toolbox-constructs verify c.',
      },
    ]);
  });

  test('is a proof that is not older than asked, to the day, and any without being asked', () => {
    const at = (day: string, required = true): Partial<Plan> => ({
      checks: [checked('a', statusOf('verified', `${day}T23:59:59Z`), { required })],
    });
    expect(lacks(at('2026-11-12'), 'verified', 10)).toEqual([]);
    expect(lacks(at('2026-11-11'), 'verified', 10)).toEqual([
      'status-aged: The check a was verified 11 days ago; the maximum is 10.',
    ]);
    expect(lacks(at('2026-11-11', false), 'verified', 10)).toEqual([]);
    expect(lacks(at('2001-01-01'))).toEqual([]);
  });

  test('is a proof that is not from the future; tomorrow has begun elsewhere', () => {
    const at = (day: string): string[] => lacks({ checks: [checked('a', statusOf('verified', `${day}T00:00:00Z`))] });
    expect(at('2026-11-23')).toEqual([]);
    expect(at('2026-11-24')).toEqual(['status-aged: The check a was verified in the future, on 2026-11-24T00:00:00Z.']);
    expect(at('2026-02-30')).toEqual([
      'status-aged: The check a was verified on an invalid date: 2026-02-30T00:00:00Z.',
    ]);
    expect(
      judgeRequirement(aPlan({ checks: [checked('a', statusOf('verified', '2999-01-01T00:00:00Z'))] }), {
        level: 'verified',
        today: '2026-11-22',
      }),
    ).toMatchObject([{ path: 'box/a', location }]);
  });

  test('says nothing of the age of what is not verified', () => {
    expect(lacks({ checks: [checked('a', statusOf('failed', '2001-01-01T00:00:00Z'))] }, 'verified', 1)).toEqual([
      'status-unverified: The check a: it failed on 2001-01-01.',
    ]);
  });

  test('is that no waiver is past its last day', () => {
    expect(lacks({ waivers: [waiver(), waiver('2026-11-22'), waiver('2027-01-01')] })).toEqual([]);
    expect(lacks({ waivers: [waiver('2026-11-21'), waiver('2026-11-31')] })).toEqual([
      'status-waiver: The waiver of service-user expired on 2026-11-21.',
      'status-waiver: The waiver of service-user has an invalid date: 2026-11-31.',
    ]);
    expect(
      judgeRequirement(aPlan({ waivers: [waiver('2026-11-21')] }), { level: 'verified', today: '2026-11-22' }),
    ).toMatchObject([{ path: 'box/root' }]);
  });

  test('is, for an approval, everything that the gate misses, each thing once', () => {
    const gate: Plan['gate'] = {
      fingerprint: { digest: SOME_DIGEST, parts: [] },
      missing: [
        { kind: 'pin', component: 'ollama' },
        { kind: 'check', name: 'c' },
        { kind: 'waiver', path: 'box/root' },
        { kind: 'approval' },
      ],
    };
    const facts: Partial<Plan> = { gate, checks: [checked('c', { kind: 'to-verify' })], waivers: [waiver()] };
    expect(lacks(facts)).toEqual(['status-unverified: The check c: it has no record.']);
    expect(lacks(facts, 'approved')).toEqual([
      'status-unverified: The check c: it has no record.',
      'gate-closed: The pin ollama: its version is not decided.',
      'gate-closed: The waiver box/root: it waives service-user and blocks the approval.',
      'gate-closed: The approval: the model is not approved.',
    ]);
    expect(judgeRequirement(aPlan(facts), { level: 'approved', today: '2026-11-22' })[3]).toMatchObject({
      fix: 'npx toolbox-constructs approve --by NAME --reason TEXT.',
    });
  });
});
