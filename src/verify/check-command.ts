import { CheckCommandPlan, Plan } from '../plan/plan';
import { COMPOSE_FILE_VARIABLE, commandText, commandWords } from '../targets/docs/check-command';
import { outputPlaces } from '../targets/docs/places';

/** The command line of a check. */
export interface CheckCommandLine {
  readonly words: readonly string[];
  /** Quoted for pasting into a shell. */
  readonly text: string;
  /**
   * Resolves the command line of a check. Compose commands get the file of the current stage, draft or approved.
   */
  readonly environment: Readonly<Record<string, string>>;
}

export function commandLineOf(command: CheckCommandPlan, plan: Pick<Plan, 'outdir' | 'stage'>): CheckCommandLine {
  const environment = { [COMPOSE_FILE_VARIABLE]: outputPlaces(plan).composeFile };
  return { words: commandWords(command, plan), text: commandText(command, plan), environment };
}
