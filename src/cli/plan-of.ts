import { Session } from './session';
import { Failure } from '../model/failure';
import { CheckPlan, Plan } from '../plan/plan';
import { outputFinding } from '../rules/reported/output-folder';

/** Required lists of a plan. An app with another version of the library may lack them. */
const LISTS = [
  'services',
  'hostServices',
  'profiles',
  'volumes',
  'networks',
  'envFiles',
  'parameters',
  'templates',
  'reaches',
  'pins',
  'policies',
  'checks',
  'waivers',
  'linterSuppressions',
  'decisions',
  'problems',
  'rules',
] as const satisfies readonly (keyof Plan)[];

/** Returns the plan of a session, or a failure: documents of apps are untrusted input. */
export function planOf({ document, findings }: Session): Plan | Failure {
  if (document === undefined) { return new Failure(...findings); }
  const plan = document.plan as Partial<Plan> | null;
  const problem = listProblem(plan) ?? statusProblem(plan as Plan);
  return problem === undefined
    ? (plan as Plan)
    : new Failure(
      outputFinding('output-document', `The result of the app cannot be used. Its plan has no ${problem}.`),
    );
}

function listProblem(plan: Partial<Plan> | null): string | undefined {
  const odd = LISTS.find((name) => !Array.isArray(plan?.[name]));
  return odd === undefined ? undefined : `list "${odd}"`;
}

/** Checks the parts that verify, status and approve use. */
function statusProblem({ checks, gate, records }: PartOf<Plan>): string | undefined {
  if (!Array.isArray(gate?.missing) || typeof gate.fingerprint?.digest !== 'string') {
    return 'valid "gate"';
  }
  if (!Array.isArray(records?.stray)) { return 'valid "records"'; }
  const odd = (checks as CheckPlan[]).findIndex(
    (check: PartOf<CheckPlan> | null) =>
      typeof check?.name !== 'string' ||
      typeof check.command?.kind !== 'string' ||
      typeof check.status?.kind !== 'string' ||
      typeof check.fingerprint?.digest !== 'string',
  );
  return odd < 0 ? undefined : `valid "checks[${odd}]"`;
}

/** An untrusted document, in which any field may be missing. */
type PartOf<T> = { readonly [K in keyof T]?: T[K] extends object ? PartOf<T[K]> : T[K] };
