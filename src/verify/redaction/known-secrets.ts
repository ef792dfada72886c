import { join } from 'node:path';
import { valuesOf } from './env-values';
import { hideValue } from './hidden-value';
import { Hider } from './hider';
import { readSmallFile } from './read-small-file';
import { Plan } from '../../plan/plan';

/** A shorter value cannot be told from ordinary text. */
const LEAST_IN_ENV_FILE = 4;
/** Only a name says that it is a secret, so that a short value is more likely none. */
const LEAST_IN_ENVIRONMENT = 8;
const SECRET_NAME = /TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|_PWD$|_PASS$|_PAT$|KEY|CREDENTIAL|AUTHORIZATION|COOKIE/i;
const PASSWORD_OF_URL = /:\/\/[^\s/:@]{0,256}:([^\s/@]{1,1000})@/;
/** Compose reads it by itself. */
const COMPOSE_ENV_FILE = '.env';

/**
 * Secrets that this machine knows: every value of the model's env files, and what the environment and `.env` hold under
 * a name that speaks of a secret.
 *
 * @throws the system's error when an env file is there and cannot be read: what it holds could not be kept out of the
 *   records.
 */
export function knownSecrets(root: string, plan: Pick<Plan, 'envFiles'>, environment: NodeJS.ProcessEnv): Hider[] {
  const declared = plan.envFiles.flatMap(({ file }) =>
    hideAll(valuesOf(readSmallFile(join(root, file))), LEAST_IN_ENV_FILE),
  );
  const named = [...valuesOf(readSmallFile(join(root, COMPOSE_ENV_FILE))), ...Object.entries(environment)].flatMap(
    ([name, value = '']): [string, string][] => (SECRET_NAME.test(name) ? [[name, value]] : passwordOf(name, value)),
  );
  return [...declared, ...hideAll(named, LEAST_IN_ENVIRONMENT)];
}

function passwordOf(name: string, value: string): [string, string][] {
  const password = PASSWORD_OF_URL.exec(value)?.[1];
  return password === undefined ? [] : [[name, password]];
}

function hideAll(values: readonly (readonly [string, string])[], least: number): Hider[] {
  const secrets = new Map<string, string>();
  for (const [name, value] of values) {
    for (const part of [value, ...linesOf(value)]) {
      if (part.length >= least && !secrets.has(part)) { secrets.set(part, name); }
    }
  }
  return [...secrets].flatMap(([value, name]) => hideValue(name, value));
}

/** Of a value with several lines each one: whoever prints it may put something before every line. */
function linesOf(value: string): string[] {
  return value.includes('\n')
    ? value
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.length >= LEAST_IN_ENVIRONMENT)
    : [];
}
