import { CheckPlan, MissingPlan, PrerequisitePlan, Plan } from '../../plan/plan';

/** A requirement of the gate that is not met, in words. */
export interface Missing {
  readonly kind: MissingPlan['kind'];
  /** Name of the check, component of the pin, path of the waiver, or `approval`. */
  readonly subject: string;
  readonly problem: string;
  readonly fix: string;
}

/** Returns the unmet requirements of the gate, in order. */
export function missingOf(plan: Plan): Missing[] {
  return plan.gate.missing.map((missing) => ({ kind: missing.kind, ...describe(missing, plan) }));
}

function describe(missing: MissingPlan, plan: Plan): Omit<Missing, 'kind'> {
  switch (missing.kind) {
    case 'check': return describeCheck(missing.name, plan.checks.find(({ name }) => name === missing.name));
    case 'pin': return describePin(missing.component, plan);
    case 'waiver': return describeWaiver(missing.path, plan);
    case 'approval': return describeApproval(plan);
    default: return missing satisfies never;
  }
}

function describeCheck(subject: string, check: CheckPlan | undefined): Omit<Missing, 'kind'> {
  return {
    subject,
    problem: check === undefined ? 'it is not verified' : problemOf(check),
    fix: check === undefined ? `npx toolbox-constructs verify ${subject}` : fixOf(check),
  };
}

/** Returns why a check is not verified. */
export function problemOf({ status }: CheckPlan): string {
  switch (status.kind) {
    case 'to-verify':
      return 'it has no record';
    case 'failed':
      return `it failed on ${dayOf(status.record.at)}${
        status.record.exitCode === undefined ? '' : ` with exit code ${status.record.exitCode}`}`;
    case 'stale':
      return `it was verified before this changed: ${status.changes.map(({ part }) => part).join(', ')}`;
    case 'verified':
      return 'it is verified';
    default:
      return status satisfies never;
  }
}

/** Returns how to verify a check. */
export function fixOf({ name, status, prerequisites }: CheckPlan): string {
  const where = prerequisites.length === 0 ? '' : `, on a machine with ${prerequisites.map(needName).join(' and ')}`;
  const run = `npx toolbox-constructs verify ${name}${where}`;
  return status.kind === 'failed' ? `Fix the failure in ${status.record.location.file}, then run: ${run}` : run;
}

function needName(need: PrerequisitePlan): string {
  switch (need.kind) {
    case 'engine': return 'a Docker engine';
    case 'cluster': return 'a cluster';
    case 'registry': return 'access to the registries of the images';
    case 'program': return need.name;
    case 'host-service': return need.name;
    default: return need satisfies never;
  }
}

function describePin(subject: string, { pins }: Plan): Omit<Missing, 'kind'> {
  const location = pins.find(({ component }) => component === subject)?.location;
  const place = location === undefined ? 'in the inventory' : `in ${location.file}:${location.line}`;
  const fix = `Decide on a version, and set its status to decided ${place}`;
  return { subject, problem: 'its version is not decided', fix };
}

function describeWaiver(subject: string, { waivers }: Plan): Omit<Missing, 'kind'> {
  const rule = waivers.find(({ path }) => path === subject)?.rule ?? 'a rule';
  return {
    subject,
    problem: `it waives ${rule} and blocks the approval`,
    fix: 'Fix its findings, and remove it',
  };
}

function describeApproval({ gate: { approval } }: Plan): Omit<Missing, 'kind'> {
  const problem = approval === undefined ? 'the model is not approved' : 'the model has changed since the approval';
  return { subject: 'approval', problem, fix: 'npx toolbox-constructs approve --by NAME --reason TEXT' };
}

/** Returns the date of a timestamp. */
export function dayOf(at: string): string {
  return at.slice(0, 'YYYY-MM-DD'.length);
}
