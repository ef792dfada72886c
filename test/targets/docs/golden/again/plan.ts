import { Plan } from '../../../../../src/plan/plan';
import { FidelityEntry } from '../../../../../src/plan/target-output';
import { aPlan, aService, SOME_DIGEST } from '../../../../plan/plan-builder';
import { aCheck, aRecord } from '../../status-builder';

/** Approved once; then the model changed. */
export const plan: Plan = aPlan({
  services: [aService()],
  checks: [
    aCheck({
      name: 'a',
      status: {
        kind: 'stale',
        record: aRecord({ check: 'a', outcome: 'failed', exitCode: 3 }),
        changes: [{ part: 'service web', how: 'changed' }],
      },
    }),
    aCheck({
      name: 'b',
      status: {
        kind: 'failed',
        record: aRecord({ check: 'b', outcome: 'failed', exitCode: undefined, note: 'Stopped after 600 s' }),
      },
    }),
    aCheck({ name: 'c', status: { kind: 'failed', record: aRecord({ check: 'c', outcome: 'failed' }) } }),
    aCheck({
      name: 'd',
      status: {
        kind: 'failed',
        record: aRecord({ check: 'd', outcome: 'failed', method: 'hand', exitCode: undefined }),
      },
    }),
  ],
  gate: {
    fingerprint: { digest: SOME_DIGEST, parts: [] },
    approval: {
      by: 'Ada',
      reason: 'All of it was seen to work',
      at: '2026-11-23T08:05:59Z',
      fingerprint: `sha256:${'3d'.repeat(32)}`,
      changes: [{ part: 'service web', how: 'changed' }],
      files: [
        { path: 'compose/docker-compose.yml', digest: SOME_DIGEST },
        { path: 'kubernetes/namespace.yaml', digest: SOME_DIGEST },
      ],
    },
    missing: [
      { kind: 'check', name: 'a' },
      { kind: 'check', name: 'b' },
      { kind: 'check', name: 'c' },
      { kind: 'check', name: 'd' },
      { kind: 'approval' },
    ],
  },
  records: { evidenceDirectory: 'inventories/evidence', approvalFile: 'inventories/approval.yaml', stray: [] },
});

export const fidelity: readonly FidelityEntry[] = [];
