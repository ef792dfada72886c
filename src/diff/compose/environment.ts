import { posix } from 'node:path';
import { COMPOSE_FOLDER } from '../../targets/layout';
import { sayBorrowed, saySecret, sayVariable } from '../environment';
import { Reading } from '../reading';
import { Subject } from '../subject';
import { isMap, listOf, mapOf, pairsOf, textOf, Tree } from '../tree';

/** `environment`, `env_file` and `secrets`. */
export function sayEnvironment(reading: Reading, subject: Subject, service: Tree): void {
  for (const [name, value] of pairsOf(service.environment)) {
    if (value === undefined) {
      sayBorrowed(subject, name, 'the environment that Compose is started in');
    } else {
      sayVariable(subject, name, value);
    }
  }
  for (const entry of listOf(service.env_file)) {
    sayEnvFile(reading, subject, textOf(isMap(entry) ? entry.path : entry));
  }
  for (const entry of listOf(service.secrets)) {
    const name = textOf(mapOf(entry).source ?? entry);
    saySecret(subject, name, `secret ${name}`);
  }
}

/** Compose hands a file over whole; its keys stand in the example beside the compose file. */
function sayEnvFile({ texts }: Reading, subject: Subject, path: string): void {
  const file = posix.basename(path);
  const example = texts.get(`${COMPOSE_FOLDER}/${file}.example`);
  if (example === undefined) {
    saySecret(subject, `every key of ${file}`, path);
    return;
  }
  for (const [, key] of example.matchAll(/^([A-Za-z_][A-Za-z0-9_]*)=/gm)) { saySecret(subject, key, path); }
}
