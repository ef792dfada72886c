import { CheckCommandPlan, Plan } from '../../plan/plan';
import { shellLine } from '../../targets/docs/escape/shell-word';
import { outputPlaces } from '../../targets/docs/places';

/** What is started for a check. */
export interface CheckCommandLine {
  readonly words: readonly string[];
  /** The same for people, who can paste it into a shell. */
  readonly text: string;
}

export function commandLineOf(command: CheckCommandPlan, plan: Pick<Plan, 'outdir' | 'stage'>): CheckCommandLine {
  if (command.kind === 'shell') return { words: ['sh', '-c', command.line], text: command.line };
  const words = ['docker', 'compose', '-f', outputPlaces(plan).composeFile, ...command.words];
  return { words, text: shellLine(...words) };
}
