import { Plan } from './plan';

/** How a toolbox stands, in numbers: what the status page and `toolbox status` say in one line. */
export interface StatusSummary {
  readonly stage: Plan['stage'];
  /** All checks, required or not. */
  readonly checks: number;
  /** By a run or by hand. */
  readonly verified: number;
  /** How many of the verified ones rest on a person's word. */
  readonly byHand: number;
  readonly failed: number;
  readonly stale: number;
  readonly toVerify: number;
  /** Number of missing conditions for productive files; 0 if the gate is open. */
  readonly missing: number;
}

export function statusSummary({ stage, checks, gate }: Pick<Plan, 'stage' | 'checks' | 'gate'>): StatusSummary {
  const count = (kind: Plan['checks'][number]['status']['kind']): number =>
    checks.filter(({ status }) => status.kind === kind).length;
  return {
    stage,
    checks: checks.length,
    verified: count('verified'),
    byHand: checks.filter(({ status }) => status.kind === 'verified' && status.record.method === 'hand').length,
    failed: count('failed'),
    stale: count('stale'),
    toVerify: count('to-verify'),
    missing: gate.missing.length,
  };
}
