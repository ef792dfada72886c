import { Session } from './session';
import { Failure } from '../model/failure';
import { CheckPlan, Plan } from '../plan/plan';
import { outputFinding } from '../rules/reported/output';

/** What a plan of this version cannot be without: the app may be of another one. */
const LISTS = [
  'services',
  'hostServices',
  'profiles',
  'volumes',
  'networks',
  'envFiles',
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

/** The plan of a model that was run, or what is wrong: what an app hands over is input from outside. */
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

/** What commands that prove and approve go by. */
function statusProblem({ checks, gate, records }: PartOf<Plan>): string | undefined {
  if (!Array.isArray(gate?.missing) || typeof gate.fingerprint?.digest !== 'string') {
    return '"gate" that can be used';
  }
  if (!Array.isArray(records?.stray)) { return '"records" that can be used'; }
  const odd = (checks as CheckPlan[]).findIndex(
    (check: PartOf<CheckPlan> | null) =>
      typeof check?.name !== 'string' ||
      typeof check.command?.kind !== 'string' ||
      typeof check.status?.kind !== 'string' ||
      typeof check.fingerprint?.digest !== 'string',
  );
  return odd < 0 ? undefined : `"checks[${odd}]" that can be used`;
}

/** What came from outside: nothing in it is sure to be there. */
type PartOf<T> = { readonly [K in keyof T]?: T[K] extends object ? PartOf<T[K]> : T[K] };
