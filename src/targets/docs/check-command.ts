import { shellLine } from '../host-commands';
import { outputPlaces } from './places';
import { PARAMETER_FILE } from '../../plan/parameters';
import { CheckCommandPlan, Plan } from '../../plan/plan';

/** What the commands of Compose depend on. */
export type ComposeFacts = Pick<Plan, 'outdir' | 'stage' | 'parameters'>;

/** The words that are started for a check, in the project's folder. */
export function commandWords(command: CheckCommandPlan, plan: ComposeFacts): string[] {
  switch (command.kind) {
    case 'shell': return ['sh', '-c', command.line];
    case 'compose': return composeWords(plan, ...command.words);
  }
}

/** A command of Compose on the generated file. Only a model with parameters needs the file that sets them. */
export function composeWords(plan: ComposeFacts, ...words: readonly string[]): string[] {
  const parameters = plan.parameters.length === 0 ? [] : ['--env-file', PARAMETER_FILE];
  return ['docker', 'compose', '-f', outputPlaces(plan).composeFile, ...parameters, ...words];
}

/** Variable by which a line finds the generated Compose file. */
const COMPOSE_FILE_VARIABLE = 'TOOLBOX_COMPOSE_FILE';

/** The environment of a check: the generated Compose file, and for Compose the file that sets parameters. */
export function checkEnvironment(plan: ComposeFacts): Readonly<Record<string, string>> {
  return {
    [COMPOSE_FILE_VARIABLE]: outputPlaces(plan).composeFile,
    ...(plan.parameters.length === 0 ? {} : { COMPOSE_ENV_FILES: PARAMETER_FILE }),
  };
}

/** The same as a person pastes it into a shell. */
export function commandText(command: CheckCommandPlan, plan: ComposeFacts): string {
  if (command.kind === 'compose') {
    return shellLine(...commandWords(command, plan));
  }
  const { line } = command;
  const settings = Object.entries(checkEnvironment(plan)).map(([name, value]) => `${name}=${value}`);
  return line.includes(COMPOSE_FILE_VARIABLE)
    ? `export ${shellLine(...settings)}; ${line}`
    : line;
}
