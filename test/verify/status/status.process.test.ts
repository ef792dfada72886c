import { CheckPlan, Plan, RecordPlan } from '../../../src/plan/plan';
import { aProject, removeFolders, toolbox } from '../../cli/support';
import { aPlan, SOME_DIGEST } from '../../plan/plan-builder';
import { aCheck } from '../support';

jest.setTimeout(60_000);
afterEach(removeFolders);

const FINGERPRINT = { digest: SOME_DIGEST, parts: [] };

function aRecord(facts: Partial<RecordPlan> = {}): RecordPlan {
  return {
    method: 'run',
    outcome: 'passed',
    command: 'true',
    by: 'Some Body',
    at: '2026-11-22T19:00:00Z',
    tools: [],
    location: { file: 'inventories/evidence/x.yaml', line: 3 },
    ...facts,
  };
}

function checked(name: string, status: CheckPlan['status'], facts: Partial<CheckPlan> = {}): CheckPlan {
  return { ...aCheck(name, 'true', facts), fingerprint: FINGERPRINT, status } as CheckPlan;
}

const EVERY: readonly CheckPlan[] = [
  checked('one', { kind: 'verified', record: aRecord() }),
  checked('three', { kind: 'verified', record: aRecord({ method: 'hand' }) }, { required: false }),
  checked('two', {
    kind: 'stale',
    record: aRecord(),
    changes: [
      { part: 'pin codex-cli', how: 'changed' },
      { part: 'file x', how: 'new' },
    ],
  }),
  checked('x', { kind: 'failed', record: aRecord({ outcome: 'failed', exitCode: 3 }) }),
  checked('y', { kind: 'to-verify' }, { prerequisites: [{ kind: 'engine' }, { kind: 'program', name: 'codex' }] }),
];

const MIXED: Partial<Plan> = {
  checks: EVERY,
  gate: {
    fingerprint: FINGERPRINT,
    missing: [
      { kind: 'pin', component: 'ollama' },
      { kind: 'check', name: 'two' },
      { kind: 'waiver', path: 'box/root' },
      { kind: 'approval' },
    ],
  },
  waivers: [{ path: 'box/root', rule: 'service-user', scope: 'box/web', reason: 'x', blocksApproval: true }],
  pins: [
    {
      component: 'ollama',
      title: 'Ollama',
      runsOn: [],
      artifact: { kind: 'none' },
      status: 'undecided',
      notes: '',
      usedBy: [],
      location: { file: 'inventories/versions.yaml', line: 7 },
    },
  ],
  records: { stray: [{ check: 'gone', location: { file: 'inventories/evidence/gone.yaml', line: 1 } }] },
};

const APPROVED: Partial<Plan> = {
  stage: 'approved',
  checks: [EVERY[0]],
  gate: {
    fingerprint: FINGERPRINT,
    missing: [],
    approval: {
      by: 'Boss',
      reason: 'Good.',
      at: '2026-11-22T20:00:00Z',
      fingerprint: SOME_DIGEST,
      changes: [],
      files: [],
    },
  },
};

function project(facts: Partial<Plan>): string {
  return aProject({ plan: aPlan(facts) });
}

test('status shows one line of summary, every check, what is missing and how to fix it', () => {
  expect(toolbox(project(MIXED), 'status')).toEqual({
    code: 0,
    err: '',
    out: [
      'draft · 2 of 5 checks verified (1 by hand), 1 failed, 1 stale, 1 to verify · gate: closed, 4 items missing',
      '',
      'verified   one    by Some Body, on 2026-11-22',
      'verified   three  by hand, by Some Body, on 2026-11-22 (not required)',
      'stale      two    it was verified before this changed: pin codex-cli, file x',
      'failed     x      it failed on 2026-11-22 with exit code 3',
      'to verify  y      it has no record',
      '',
      'Missing for productive files:',
      '  pin ollama: its version is not decided',
      '    fix: Decide on a version, and set its status to decided in inventories/versions.yaml:7',
      '  check two: it was verified before this changed: pin codex-cli, file x',
      '    fix: npx toolbox-constructs verify two',
      '  waiver box/root: it waives service-user and blocks the approval',
      '    fix: Fix its findings, and remove it',
      '  approval: the model is not approved',
      '    fix: npx toolbox-constructs approve --by NAME --reason TEXT',
      '',
      'inventories/evidence/gone.yaml:1 is a record of gone, which is not a check of the model. Delete it.',
      '',
    ].join('\n'),
  });
});

test('status shows the approval, and what changed since', () => {
  expect(toolbox(project(APPROVED), 'status').out).toBe([
    'approved · 1 of 1 check verified · gate: open', '', 'verified   one  by Some Body, on 2026-11-22', '',
    'Approved by Boss on 2026-11-22: Good.', 'It covers the current model.', '',
  ].join('\n'));
  const approval = {
    ...APPROVED.gate!.approval!,
    fingerprint: `sha256:${'0'.repeat(64)}`,
    changes: [{ part: 'service web', how: 'changed' as const }],
  };
  const since = {
    ...APPROVED,
    stage: 'draft' as const,
    gate: { fingerprint: FINGERPRINT, missing: [{ kind: 'approval' as const }], approval },
  };
  const { out } = toolbox(project(since), 'status');
  expect(out).toContain('gate: closed, 1 item missing');
  expect(out).toContain('approval: the model has changed since the approval');
  expect(out).toContain('Changed since:\n  changed: service web\n');
});

test('status --json tells the same to machines, --quiet only what is wrong', () => {
  const facts = JSON.parse(toolbox(project(MIXED), 'status', '--json').out) as object;
  expect(facts).toMatchObject({
    findings: [],
    summary: { stage: 'draft', checks: 5, verified: 2, byHand: 1, failed: 1, stale: 1, toVerify: 1, missing: 4 },
    gate: {
      open: false,
      missing: [
        { kind: 'pin', subject: 'ollama' },
        { kind: 'check', subject: 'two' },
        { kind: 'waiver' },
        { kind: 'approval' },
      ],
    },
  });
  expect((facts as { checks: object[] }).checks[2]).toMatchObject({
    name: 'two',
    status: 'stale',
    changes: [
      { part: 'pin codex-cli', how: 'changed' },
      { part: 'file x', how: 'new' },
    ],
  });
  expect(toolbox(project(MIXED), 'status', '--quiet').out).toMatch(/^draft · [^\n]*\n$/);
  expect(toolbox(project(APPROVED), 'status', '--quiet').out).toBe('');
});

test('--require verified fails unless every required check is verified', () => {
  const { code, err } = toolbox(project(MIXED), 'status', '--require', 'verified');
  expect(code).toBe(1);
  expect(err.match(/^error status-unverified {2}box\/\w+/gm)).toEqual(
    ['two', 'x', 'y'].map((name) => `error status-unverified  box/${name}`),
  );
  expect(err).toContain('fix: Fix the failure in inventories/evidence/x.yaml, then run: npx toolbox-constructs verify x.');
  expect(err).toContain('fix: npx toolbox-constructs verify y, on a machine with a Docker engine and codex.');
  expect(toolbox(project({ checks: EVERY.slice(0, 2) }), 'status', '--require', 'verified').code).toBe(0);
});

test('--require approved fails while anything is missing', () => {
  const { code, err } = toolbox(project(MIXED), 'status', '--require', 'approved');
  expect(code).toBe(1);
  expect(err).toContain('The pin ollama: its version is not decided.');
  expect(err).toContain('The approval: the model is not approved.');
  expect(err).toContain('6 errors, 0 warnings');
  expect(toolbox(project(APPROVED), 'status', '--require', 'approved').code).toBe(0);
});

test.each([
  ['2020-01-01T00:00:00Z', ['--max-age', '30'], /was verified \d+ days ago; the maximum is 30/],
  ['2999-01-01T00:00:00Z', [], /was verified in the future, on 2999/],
  ['2020-02-31T00:00:00Z', [], /on an invalid date/],
])('--require fails on a proof of %s with %j', (at, options, sentence) => {
  const root = project({ checks: [checked('one', { kind: 'verified', record: aRecord({ at }) })] });
  expect(toolbox(root, 'status').code).toBe(0);
  expect(toolbox(root, 'status', '--require', 'verified', ...options)).toMatchObject({
    code: 1,
    err: expect.stringMatching(sentence),
  });
});

test('--require fails when a waiver is past its last day, whatever the level', () => {
  const waiver = { path: 'box/root', rule: 'service-user', scope: 'box', reason: 'x', blocksApproval: false };
  const old = project({ ...APPROVED, waivers: [{ ...waiver, until: '2020-12-31' }] });
  expect(toolbox(old, 'status').code).toBe(0);
  expect(toolbox(old, 'status', '--require', 'verified')).toMatchObject({
    code: 1,
    err: expect.stringContaining('The waiver of service-user expired on 2020-12-31.'),
  });
  const today = new Date().toISOString().slice(0, 10);
  expect(
    toolbox(project({ ...APPROVED, waivers: [{ ...waiver, until: today }] }), 'status', '--require', 'approved').code,
  ).toBe(0);
});

test.each([
  [['--require', 'good'], '--require must be verified or approved, not "good".'],
  [['--max-age', '3'], '--max-age requires --require'],
  [['--require', 'verified', '--max-age', 'old'], '--max-age must be a number of days, not "old".'],
])('fails with exit code 2 on %j', (args, sentence) => {
  expect(toolbox(project({}), 'status', ...args)).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining(sentence),
  });
});

test.each([
  [{}, 'Its plan has no list "services"'],
  [{ ...aPlan(), gate: {} }, 'Its plan has no valid "gate"'],
  [{ ...aPlan(), records: undefined }, 'Its plan has no valid "records"'],
  [{ ...aPlan(), checks: [null] }, 'Its plan has no valid "checks[0]"'],
])('fails on a plan that is none: %#', (plan, sentence) => {
  expect(toolbox(aProject({ plan }), 'status')).toMatchObject({ code: 1, err: expect.stringContaining(sentence) });
});
