import { Plan } from '../../../../../src/plan/plan';
import { FidelityEntry } from '../../../../../src/plan/target-output';
import { aPlan, aService, SOME_DIGEST } from '../../../../plan/plan-builder';
import { aCheck, aRecord } from '../../status-builder';

/** Everything is verified, and a person has approved what the model says. */
export const plan: Plan = aPlan({
  stage: 'approved',
  services: [aService({ capabilities: ['KILL'] })],
  checks: [
    aCheck({
      status: { kind: 'verified', record: aRecord() },
      command: { kind: 'compose', words: ['run', '--rm', 'web', 'a word'] },
    }),
  ],
  gate: {
    fingerprint: { digest: SOME_DIGEST, parts: [] },
    approval: {
      by: 'Ada',
      reason: 'All of it was seen to work',
      at: '2026-11-23T08:05:59Z',
      fingerprint: SOME_DIGEST,
      changes: [],
      files: [{ path: 'compose/docker-compose.yml', digest: SOME_DIGEST }],
    },
    missing: [],
  },
  records: { evidenceDirectory: 'inventories/evidence', approvalFile: 'inventories/approval.yaml', stray: [] },
});

export const fidelity: readonly FidelityEntry[] = [];
