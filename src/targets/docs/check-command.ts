import { shellLine } from '../shell-word';
import { outputPlaces } from './places';
import { CheckCommandPlan, Plan } from '../../plan/plan';

/** The words that are started for a check, in the project's folder. */
export function commandWords(command: CheckCommandPlan, plan: Pick<Plan, 'outdir' | 'stage'>): string[] {
  switch (command.kind) {
    case 'shell': return ['sh', '-c', command.line];
    case 'compose': return ['docker', 'compose', '-f', outputPlaces(plan).composeFile, ...command.words];
  }
}

/** Variable by which a line finds the generated Compose file. */
export const COMPOSE_FILE_VARIABLE = 'TOOLBOX_COMPOSE_FILE';

/** The same as a person pastes it into a shell. */
export function commandText(command: CheckCommandPlan, plan: Pick<Plan, 'outdir' | 'stage'>): string {
  if (command.kind === 'compose') {
    return shellLine(...commandWords(command, plan));
  }
  const { line } = command;
  return line.includes(COMPOSE_FILE_VARIABLE)
    ? `export ${shellLine(`${COMPOSE_FILE_VARIABLE}=${outputPlaces(plan).composeFile}`)}; ${line}`
    : line;
}
