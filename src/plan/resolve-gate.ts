import { ApprovalRecord } from '../model/approval';
import { changesBetween } from './fingerprint/parts';
import { Architecture } from './plan';
import { ApprovalPlan, CheckPlan, FingerprintPlan, GatePlan, MissingPlan } from './status-plan';

/** Resolves the conditions for productive files. */
export function resolveGate(
  architecture: Architecture,
  checks: readonly CheckPlan[],
  record: ApprovalRecord | undefined,
  fingerprint: FingerprintPlan,
): GatePlan {
  const approval = record && resolveApproval(record, fingerprint);
  return {
    fingerprint,
    approval,
    missing: missingOf(architecture, checks, approval?.fingerprint === fingerprint.digest),
  };
}

function resolveApproval(
  { by, reason, at, fingerprint, parts, files }: ApprovalRecord,
  present: FingerprintPlan,
): ApprovalPlan {
  return {
    by,
    reason,
    at,
    fingerprint,
    changes: changesBetween(parts, present.parts),
    files: files.map(({ path, digest }) => ({ path, digest })),
  };
}

function missingOf({ pins, waivers }: Architecture, checks: readonly CheckPlan[], isApproved: boolean): MissingPlan[] {
  return [
    ...pins
      .filter((one) => one.status === 'undecided')
      .map(({ component }): MissingPlan => ({ kind: 'pin', component })),
    ...checks
      .filter((one) => one.required && one.status.kind !== 'verified')
      .map(({ name }): MissingPlan => ({ kind: 'check', name })),
    ...waivers.filter((one) => one.blocksApproval).map(({ path }): MissingPlan => ({ kind: 'waiver', path })),
    ...(isApproved ? [] : [{ kind: 'approval' } as const]),
  ];
}
