import { sha256 } from '../../src/model/fingerprint';
import { Plan } from '../../src/plan/plan';
import { judge } from '../../src/rules';
import { approvalOutput } from '../../src/rules/approval-output';
import { aPlan } from '../plan/plan-builder';

const files = [{ path: 'compose/docker-compose.yml', content: 'a\n' }, { path: 'docs/STATUS.md', content: 'today\n' }];

function said(approved: Record<string, string>, stage: Plan['stage'] = 'approved'): string[] {
  const approval = {
    by: 'somebody',
    reason: 'Good.',
    at: '2026-01-01T00:00:00Z',
    fingerprint: sha256(''),
    changes: [],
    files: Object.entries(approved).map(([path, content]) => ({ path, digest: sha256(content) })),
  };
  const plan = aPlan({ stage, gate: { fingerprint: { digest: sha256(''), parts: [] }, approval, missing: [] } });
  return judge(plan, [approvalOutput], () => undefined, { findings: [], fidelity: [], files }).map(
    ({ message }) => message,
  );
}

describe('rule approval-output', () => {
  test('accepts the bytes that were approved; pages for people are no part of it', () => {
    expect(said({ 'compose/docker-compose.yml': 'a\n' })).toEqual([]);
  });

  test('fails for other bytes, for a file that was not approved, and for one that is gone', () => {
    expect(said({ 'compose/docker-compose.yml': 'b\n' })).toEqual([
      expect.stringContaining('compose/docker-compose.yml'),
    ]);
    expect(said({})).toHaveLength(1);
    expect(said({ 'compose/docker-compose.yml': 'a\n', 'kubernetes/gone.yaml': 'x\n' })).toEqual([
      expect.stringContaining('kubernetes/gone.yaml'),
    ]);
  });

  test('names who approved, and every file, sorted', () => {
    expect(said({ 'kubernetes/z.yaml': 'x\n', 'kubernetes/a.yaml': 'x\n' })).toEqual([
      'Approved by "somebody", but these files differ from the approved ones: ' +
        'compose/docker-compose.yml, kubernetes/a.yaml, kubernetes/z.yaml.',
    ]);
  });

  test('has nothing to say of a plan that nobody approved', () => {
    for (const stage of ['draft', 'approved'] as const) {
      expect(judge(aPlan({ stage }), [approvalOutput], () => undefined, { findings: [], fidelity: [], files })).toEqual(
        [],
      );
    }
  });

  test('has nothing to say of a draft', () => {
    expect(said({}, 'draft')).toEqual([]);
  });
});
