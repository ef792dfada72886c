import { ApprovalRecord } from '../../src/model/approval';
import { EvidenceMethod, EvidenceOutcome, EvidenceRecord } from '../../src/model/evidence';
import { fingerprintOf } from '../../src/model/fingerprint';

export const DIGEST = `sha256:${'0a'.repeat(32)}`;
export const PARTS = [
  { name: 'pin ollama', digest: `sha256:${'1b'.repeat(32)}` },
  { name: 'service codex-cli', digest: `sha256:${'2c'.repeat(32)}` },
];

/** The record of a run, as `toolbox verify` has it. */
export const RUN: Omit<EvidenceRecord, 'location'> = {
  check: 'gateway-health',
  method: EvidenceMethod.RUN,
  outcome: EvidenceOutcome.PASSED,
  command: 'docker compose -f dist/compose/docker-compose.draft.yml run --rm mcp-gateway --health-check',
  exitCode: 0,
  outputDigest: DIGEST,
  outputTail: 'initialised\n\ttools: 3\n',
  tools: [{ name: 'compose', version: '2.40.0' }, { name: 'docker', version: '28.4.0' }],
  by: 'Ann Example',
  at: '2026-11-22T19:00:00Z',
  note: 'On a rootless engine.',
  fingerprint: fingerprintOf(PARTS),
  parts: PARTS,
};

/** What a person wrote down. */
export const BY_HAND: Omit<EvidenceRecord, 'location'> = {
  check: 'build',
  method: EvidenceMethod.HAND,
  outcome: EvidenceOutcome.FAILED,
  command: 'docker build containers/codex-cli',
  tools: [],
  by: 'Ann',
  at: '2024-02-29T00:00:00Z',
  fingerprint: fingerprintOf([]),
  parts: [],
};

export const APPROVAL: Omit<ApprovalRecord, 'location'> = {
  by: 'Ann Example',
  reason: 'All checks pass.\nThe policy was read by two people.',
  at: '2026-11-22T19:00:00Z',
  fingerprint: fingerprintOf(PARTS),
  parts: PARTS,
  files: [
    { path: 'compose/docker-compose.yml', digest: DIGEST },
    { path: 'kubernetes/kustomization.yaml', digest: DIGEST },
  ],
};

export const SUPPRESSIONS = `schemaVersion: 1
suppressions:
  - linter: kube-linter
    check: no-read-only-root-fs
    where: kubernetes/ollama.yaml
    reason: The image writes
      below /root.
  - linter: hadolint
    check: DL3008
    where: containers/codex-cli/Dockerfile
    reason: Debian keeps one version of each package.
`;
