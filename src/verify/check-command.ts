import { CheckCommandPlan, Plan } from '../plan/plan';
import { COMPOSE_FILE_VARIABLE, commandText, commandWords } from '../targets/docs/check-command';
import { outputPlaces } from '../targets/docs/places';

/** What is started for a check. */
export interface CheckCommandLine {
  readonly words: readonly string[];
  /** The same for people, who can paste it into a shell. */
  readonly text: string;
  /**
   * Tells a program that works on the generated file which one that is now: a draft may lie beside what was approved.
   */
  readonly environment: Readonly<Record<string, string>>;
}

export function commandLineOf(command: CheckCommandPlan, plan: Pick<Plan, 'outdir' | 'stage'>): CheckCommandLine {
  const environment = { [COMPOSE_FILE_VARIABLE]: outputPlaces(plan).composeFile };
  return { words: commandWords(command, plan), text: commandText(command, plan), environment };
}
