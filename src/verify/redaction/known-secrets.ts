import { join } from 'node:path';
import { valuesOf } from './env-values';
import { hideValue } from './hidden-value';
import { readSmallFile } from './read-small-file';
import { Redaction } from './redactor';
import { Plan } from '../../plan/plan';

/** Minimum length; shorter values would match ordinary text. */
const LEAST_IN_ENV_FILE = 4;
/** Minimum length of values that only have a secret-like name. */
const LEAST_IN_ENVIRONMENT = 8;
const SECRET_NAME = /TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|_PWD$|_PASS$|_PAT$|KEY|CREDENTIAL|AUTHORIZATION|COOKIE/i;
const PASSWORD_OF_URL = /:\/\/[^\s/:@]{0,256}:([^\s/@]{1,1000})@/;
/** Read by Compose automatically. */
const COMPOSE_ENV_FILE = '.env';

/**
 * Returns the known secrets: all values of env files and secret files of the model, and variables of the environment
 * and `.env` with secret-like names.
 *
 * @throws if an existing env file cannot be read, since its values could not be redacted.
 */
export function knownSecrets(
  root: string,
  plan: Pick<Plan, 'envFiles' | 'secretFiles'>,
  environment: NodeJS.ProcessEnv,
): Redaction[] {
  const files = (plan.secretFiles ?? []).map(({ name, file }): [string, string] => (
    [name, readSmallFile(join(root, file)).trim()]));
  const declared = plan.envFiles.flatMap(({ file }) =>
    hideAll(valuesOf(readSmallFile(join(root, file))), LEAST_IN_ENV_FILE),
  );
  const named = [...valuesOf(readSmallFile(join(root, COMPOSE_ENV_FILE))), ...Object.entries(environment)].flatMap(
    ([name, value = '']): [string, string][] => (SECRET_NAME.test(name) ? [[name, value]] : passwordOf(name, value)),
  );
  return [...declared, ...hideAll(files, LEAST_IN_ENV_FILE), ...hideAll(named, LEAST_IN_ENVIRONMENT)];
}

function passwordOf(name: string, value: string): [string, string][] {
  const password = PASSWORD_OF_URL.exec(value)?.[1];
  return password === undefined ? [] : [[name, password]];
}

function hideAll(values: readonly (readonly [string, string])[], least: number): Redaction[] {
  const secrets = new Map<string, string>();
  for (const [name, value] of values) {
    for (const part of [value, ...linesOf(value)]) {
      if (part.length >= least && !secrets.has(part)) { secrets.set(part, name); }
    }
  }
  return [...secrets].flatMap(([value, name]) => hideValue(name, value));
}

/** Returns each line of a multi-line value, since programs may prefix lines. */
function linesOf(value: string): string[] {
  return value.includes('\n')
    ? value
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.length >= LEAST_IN_ENVIRONMENT)
    : [];
}
