import * as fs from 'node:fs';
import * as path from 'node:path';
import { Rule } from './rule';
import { CheckPlan } from '../plan/plan';
import { isOutside } from '../plan/project-path';

/** Longest time for a check, in seconds. */
const DAY = 86_400;

export const checkRule: Rule = {
  id: 'check',
  severity: 'error',
  title: 'A check can be run, and covers something that can be looked at',
  fix: 'Give it a command, a time of at most a day, and services or files of the project that it covers.',
  waivable: false,
  facets: ['check'],
  check: ({ plan, root }) =>
    plan.checks.flatMap((check) => problems(check, root).map((message) => ({ path: check.path, message }))),
};

function problems({ command, covers, files, timeoutSeconds }: CheckPlan, root: string): string[] {
  const isEmpty = command.kind === 'shell' ? command.line.trim() === '' : command.words.length === 0;
  return [
    ...(isEmpty ? ['The check has no command.'] : []),
    ...(timeoutSeconds > 0 && timeoutSeconds <= DAY ? [] : [`The check has ${timeoutSeconds} seconds of time.`]),
    ...(covers.length + files.length > 0 ? [] : ['The check covers nothing, so no change could make it stale.']),
    ...files
      .filter((file) => isRefused(file))
      .map((file) => `The file ${JSON.stringify(file)} of the check lies outside the project.`),
    ...files
      .filter((file) => !isRefused(file) && !fs.existsSync(path.join(root, file)))
      .map((file) => `There is no ${JSON.stringify(file)}, which the check covers.`),
  ];
}

/** The project's folder itself is refused as well: it holds what a run of the check writes. */
function isRefused(file: string): boolean {
  return file === '.' || isOutside(file);
}
