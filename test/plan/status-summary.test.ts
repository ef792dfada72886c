import { CheckPlan, CheckStatusPlan, RecordPlan } from '../../src/plan/plan';
import { statusSummary } from '../../src/plan/status-summary';

const record: RecordPlan = {
  method: 'run',
  outcome: 'passed',
  command: 'true',
  by: 'somebody',
  at: '2026-11-22T19:00:00Z',
  tools: [],
  location: { file: 'evidence/a.yaml', line: 1 },
};

function aCheck(status: CheckStatusPlan, index: number): CheckPlan {
  return {
    path: `box/c${index}`,
    name: `c${index}`,
    title: 'A check',
    command: { kind: 'shell', line: 'true' },
    expectation: 'It ends.',
    covers: [],
    files: [],
    prerequisites: [],
    exclusive: false,
    timeoutSeconds: 60,
    required: true,
    fingerprint: { digest: 'sha256:0', parts: [] },
    status,
  };
}

test('every state of a check is counted once, and what rests on a person\'s word apart', () => {
  const byHand: RecordPlan = { ...record, method: 'hand' };
  const states: CheckStatusPlan[] = [
    { kind: 'to-verify' },
    { kind: 'verified', record },
    { kind: 'verified', record: byHand },
    { kind: 'failed', record: { ...byHand, outcome: 'failed' } },
    { kind: 'stale', record: byHand, changes: [] },
    { kind: 'stale', record, changes: [] },
  ];
  const gate = {
    fingerprint: { digest: 'sha256:0', parts: [] },
    missing: [{ kind: 'check' as const, name: 'c0' }, { kind: 'approval' as const }],
  };
  expect(statusSummary({ stage: 'draft', checks: states.map(aCheck), gate }))
    .toEqual({ stage: 'draft', checks: 6, verified: 2, byHand: 1, failed: 1, stale: 2, toVerify: 1, missing: 2 });
});
