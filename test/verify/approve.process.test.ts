import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aCheck } from './support';
import { Approval } from '../../src/inventory/approval';
import { fingerprintOf } from '../../src/model/fingerprint';
import { approvedFiles } from '../../src/plan/approved-files';
import { GatePlan, Plan } from '../../src/plan/plan';
import { aProject, put, removeFolders, toolbox, toolboxWith } from '../cli/support';
import { aPlan } from '../plan/plan-builder';

jest.setTimeout(60_000);
afterEach(removeFolders);

const FILE = 'inventories/approval.yaml';
const PARTS = [{ name: 'service web', digest: `sha256:${'1'.repeat(64)}` }];
const FINGERPRINT = { digest: fingerprintOf(PARTS), parts: PARTS };
const WORDS = ['--by', 'Boss', '--reason', 'It is good.'];
const FILES = {
  'compose/docker-compose.yml': 'services: {}',
  'kubernetes/web.yaml': 'kind: X',
  'docs/STATUS.md': 'page',
};

function project(gate: Partial<GatePlan> = {}, facts: Partial<Plan> = {}): string {
  return aProject({
    files: FILES,
    plan: aPlan({
      records: { approvalFile: FILE, stray: [] },
      gate: { fingerprint: FINGERPRINT, missing: [{ kind: 'approval' }], ...gate },
      ...facts,
    }),
  });
}

test('approve records who, why, the fingerprint and every productive file, and says what comes next', () => {
  const root = project();
  const { code, out } = toolbox(root, 'approve', ...WORDS);
  expect({ code, out }).toEqual({
    code: 0,
    out: `Approved: ${FINGERPRINT.digest}, in ${FILE}.\nRun "npx toolbox-constructs synth" to write the productive files, and commit both.\n`,
  });
  const { record, findings } = Approval.fromFile(join(root, FILE));
  expect(findings).toEqual([]);
  const digest = (text: string) => `sha256:${createHash('sha256').update(`${text}\n`).digest('hex')}`;
  expect(record).toMatchObject({
    by: 'Boss',
    reason: 'It is good.',
    fingerprint: FINGERPRINT.digest,
    parts: PARTS,
    files: [
      { path: 'compose/docker-compose.yml', digest: digest('services: {}') },
      { path: 'kubernetes/web.yaml', digest: digest('kind: X') },
    ],
  });
});

const EARLIER = { by: 'Boss', reason: 'x', at: '2026-11-22T19:00:00Z', fingerprint: FINGERPRINT.digest, changes: [] };

test('approving what is approved already changes nothing', () => {
  const files = approvedFiles(Object.entries(FILES).map(([path, content]) => ({ path, content: `${content}\n` })));
  const root = project({ missing: [], approval: { ...EARLIER, files } }, { stage: 'approved' });
  expect(toolbox(root, 'approve', ...WORDS)).toEqual({
    code: 0,
    err: '',
    out: 'Already approved by Boss on 2026-11-22. Nothing was written.\n',
  });
  expect(existsSync(join(root, FILE))).toBe(false);
});

test('approving the same model with other files is an approval of its own', () => {
  const files = approvedFiles([
    { path: 'compose/docker-compose.yml', content: 'other\n' },
    { path: 'kubernetes/web.yaml', content: 'kind: X\n' },
  ]);
  const root = project({ missing: [], approval: { ...EARLIER, files } }, { stage: 'approved' });
  expect(toolbox(root, 'approve', ...WORDS)).toMatchObject({ code: 0, out: expect.stringMatching(/^Approved: /) });
  expect(Approval.fromFile(join(root, FILE)).record?.files[0]).not.toEqual(files[0]);
});

test('fails while anything else is missing, and lists all of it with how to fix it', () => {
  const check = { ...aCheck('one', 'true'), fingerprint: FINGERPRINT };
  const missing: GatePlan['missing'] = [
    { kind: 'pin', component: 'ollama' },
    { kind: 'check', name: 'one' },
    { kind: 'waiver', path: 'box/root' },
    { kind: 'approval' },
  ];
  const root = project({ missing }, { checks: [check] });
  const { code, out, err } = toolbox(root, 'approve', ...WORDS);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err.match(/^ {2}The .*$/gm)).toEqual([
    '  The check one: it has no record.',
    '  The pin ollama: its version is not decided.',
    '  The waiver box/root: it waives a rule and blocks the approval.',
  ]);
  expect(existsSync(join(root, FILE))).toBe(false);
  expect(JSON.parse(toolbox(root, 'approve', ...WORDS, '--json').out)).toMatchObject({
    written: false,
    findings: [{ rule: 'status-unverified' }, { rule: 'gate-closed' }, { rule: 'gate-closed' }],
  });
});

test('a secret in the reason is not written down', () => {
  const root = project();
  expect(
    toolboxWith({ MY_TOKEN: 'canary-value' }, root, 'approve', '--by', 'Boss', '--reason', 'Tried with canary-value.')
      .code,
  ).toBe(0);
  expect(readFileSync(join(root, FILE), 'utf8')).toContain('Tried with [redacted MY_TOKEN].');
});

test('fails where the model names no file, where the file cannot be written, and on a model with errors', () => {
  expect(toolbox(project({}, { records: { stray: [] } }), 'approve', ...WORDS)).toMatchObject({
    code: 1,
    err: expect.stringContaining('error records-place'),
  });
  const blocked = project();
  put(blocked, `${FILE}/x`, '');
  expect(toolbox(blocked, 'approve', ...WORDS)).toMatchObject({
    code: 1,
    err: expect.stringContaining('error output-blocked'),
  });
  const wrong = aProject({ findings: [{ rule: 'x', severity: 'error', message: 'm', fix: 'n' }], plan: aPlan() });
  expect(toolbox(wrong, 'approve', ...WORDS)).toMatchObject({ code: 1, err: expect.stringContaining('error x') });
});

test.each([
  [[]], [['--by', 'Boss']], [['--reason', 'x']],
])('fails with exit code 2 without a person\'s word: %j', (args) => {
  expect(toolbox(project(), 'approve', ...args)).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('--by NAME and --reason TEXT'),
  });
});

test('fails on a name that cannot be recorded', () => {
  const root = project();
  expect(toolbox(root, 'approve', '--by', 'x'.repeat(200), '--reason', 'x').code).toBe(1);
  expect(existsSync(join(root, FILE))).toBe(false);
});
