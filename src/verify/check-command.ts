import { CheckCommandPlan } from '../plan/plan';
import { checkEnvironment, ComposeFacts, commandText, commandWords } from '../targets/docs/check-command';

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

export function commandLineOf(command: CheckCommandPlan, plan: ComposeFacts): CheckCommandLine {
  return {
    words: commandWords(command, plan),
    text: commandText(command, plan),
    environment: checkEnvironment(plan),
  };
}
