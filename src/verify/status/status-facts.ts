import { missingOf } from './missing';
import { CheckPlan, Plan } from '../../plan/plan';
import { statusSummary } from '../../plan/status-summary';

/** The status of a toolbox as JSON. */
export function statusFacts(plan: Plan): object {
  const { gate } = plan;
  const { approval } = gate;
  return {
    summary: statusSummary(plan),
    checks: plan.checks.map(checkFacts),
    gate: { open: gate.missing.length === 0, fingerprint: gate.fingerprint.digest, missing: missingOf(plan) },
    ...(approval === undefined
      ? {}
      : { approval: { ...approval, holds: approval.fingerprint === gate.fingerprint.digest } }),
  };
}

function checkFacts({ name, title, required, covers, status }: CheckPlan): object {
  const { kind, ...facts } = status;
  return { name, title, required, covers, status: kind, ...facts };
}
