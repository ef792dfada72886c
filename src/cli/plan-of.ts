import { Failure } from './failure';
import { Session } from './session';
import { outputFinding } from '../assembly/output-rules';
import { Plan } from '../plan/plan';

/** What a plan of this version cannot be without: the app may be of another one. */
const LISTS = [
  'services', 'hostServices', 'optionalParts', 'volumes', 'networks', 'envFiles', 'reaches', 'pins', 'policies', 'checks', 'waivers', 'exceptions', 'decisions',
] as const satisfies readonly (keyof Plan)[];

/** The plan of a model that was run, or what is wrong: what an app hands over is input from outside. */
export function planOf({ document, findings }: Session): Plan | Failure {
  if (document === undefined) return new Failure(findings[0]);
  const plan = document.plan as Partial<Plan> | null;
  const odd = LISTS.find((name) => !Array.isArray(plan?.[name]));
  if (odd === undefined) return plan as Plan;
  return new Failure(outputFinding('output-document', `What the app handed over cannot be used: its plan has no list "${odd}".`));
}
