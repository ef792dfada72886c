import { shellLine } from '../host-commands';
import { outputPlaces } from './places';
import { interpolationFiles } from '../../plan/env-files';
import { CheckCommandPlan, Plan } from '../../plan/plan';

/** Inputs of the commands of Compose. */
export type ComposeFacts = Pick<Plan, 'outdir' | 'stage' | 'parameters' | 'envFiles' | 'services'>;

/** The words that are started for a check, in the project's folder. */
export function commandWords(command: CheckCommandPlan, plan: ComposeFacts): string[] {
  switch (command.kind) {
    case 'shell': return ['sh', '-c', command.line];
    case 'compose': return composeWords(plan, ...command.words);
  }
}

/** Returns a command of Compose on the generated file, with the files that its variables are read from. */
export function composeWords(plan: ComposeFacts, ...words: readonly string[]): string[] {
  const files = interpolationFiles(plan).flatMap((file) => ['--env-file', file]);
  return ['docker', 'compose', '-f', outputPlaces(plan).composeFile, ...files, ...words];
}

/** Variable by which a line finds the generated Compose file. */
const COMPOSE_FILE_VARIABLE = 'TOOLBOX_COMPOSE_FILE';

/** The environment of a check: the generated Compose file, and the files that its variables are read from. */
export function checkEnvironment(plan: ComposeFacts): Readonly<Record<string, string>> {
  const files = interpolationFiles(plan);
  return {
    [COMPOSE_FILE_VARIABLE]: outputPlaces(plan).composeFile,
    ...(files.length === 0 ? {} : { COMPOSE_ENV_FILES: files.join(',') }),
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
