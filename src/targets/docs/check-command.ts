import { shellLine } from './escape/shell-word';
import { outputPlaces } from './places';
import { CheckCommandPlan, Plan } from '../../plan/plan';

/** The words that are started for a check, in the project's folder. */
export function commandWords(command: CheckCommandPlan, plan: Pick<Plan, 'outdir' | 'stage'>): string[] {
  switch (command.kind) {
    case 'shell': return ['sh', '-c', command.line];
    case 'compose': return ['docker', 'compose', '-f', outputPlaces(plan).composeFile, ...command.words];
  }
}

/** The same as a person types it. */
export function commandText(command: CheckCommandPlan, plan: Pick<Plan, 'outdir' | 'stage'>): string {
  return command.kind === 'shell' ? command.line : shellLine(...commandWords(command, plan));
}
