import * as fs from 'node:fs';
import * as path from 'node:path';
import { Rule } from './rule';
import { CheckPlan } from '../plan/plan';
import { isOutside } from '../plan/project-path';

/** Longest timeout of a check, in seconds. */
const DAY = 86_400;

export const checkRule: Rule = {
  id: 'check',
  severity: 'error',
  title: 'Checks have a command, a timeout and something they cover',
  fix: 'Set a command, a timeout of at most one day, and the services or project files that the check covers.',
  waivable: false,
  facets: ['check'],
  check: ({ plan, root }) =>
    plan.checks.flatMap((check) => problems(check, root).map((message) => ({ path: check.path, message }))),
};

function problems({ command, covers, files, timeoutSeconds }: CheckPlan, root: string): string[] {
  const isEmpty = command.kind === 'shell' ? command.line.trim() === '' : command.words.length === 0;
  return [
    ...(isEmpty ? ['The check has no command.'] : []),
    ...(timeoutSeconds > 0 && timeoutSeconds <= DAY ? [] : [`The timeout of the check is ${timeoutSeconds} seconds.`]),
    ...(covers.length + files.length > 0 ? [] : ['The check covers nothing, so no change can make it stale.']),
    ...files
      .filter((file) => isRefused(file))
      .map((file) => `The covered file ${JSON.stringify(file)} lies outside the project.`),
    ...files
      .filter((file) => !isRefused(file) && !fs.existsSync(path.join(root, file)))
      .map((file) => `The covered file ${JSON.stringify(file)} does not exist.`),
  ];
}

/** Refuses the project folder itself too: runs of the check write to it. */
function isRefused(file: string): boolean {
  return file === '.' || isOutside(file);
}
