import { posix } from 'node:path';
import { SecretFact, ServiceFacts, VariableFact } from '../../../plan/target-facts';
import { COMPOSE_FOLDER } from '../../layout';
import { isMap, listOf, mapOf, pairsOf, textOf, Tree } from '../../tree';

/** Reads `environment`, `env_file` and `secrets`. */
export function readEnvironment(
  service: Tree,
  files: ReadonlyMap<string, string>,
): { readonly environment: VariableFact[]; readonly secrets: SecretFact[] } {
  const pairs = pairsOf(service.environment);
  const named = new Set(pairs.map(([name]) => name));
  const envFiles = listOf(service.env_file).map((entry) => textOf(isMap(entry) ? entry.path : entry));
  return {
    environment: pairs.map(([name, value]) =>
      value === undefined ? { name, source: 'the environment that Compose is started in' } : { name, value },
    ),
    secrets: [
      // a value of the compose file goes before one of the env file
      ...envFiles.flatMap((path) => keysOf(path, files)).filter(({ name }) => !named.has(name)),
      ...listOf(service.secrets).map((entry) => {
        const name = textOf(mapOf(entry).source ?? entry);
        return { name, store: `secret ${name}`, key: name };
      }),
    ],
  };
}

/** Compose passes an env file as a whole. The example beside the compose file lists its keys. */
function keysOf(path: string, files: ReadonlyMap<string, string>): SecretFact[] {
  const file = posix.basename(path);
  const example = files.get(`${COMPOSE_FOLDER}/${file}.example`);
  const names = example === undefined
    ? [`every key of ${file}`]
    : [...example.matchAll(/^([^#=\s]+)=/gm)].map(([, key]) => key);
  return names.map((name) => ({ name, store: path, key: name }));
}

/** Reads `$$` as Compose does. A variable of the caller's environment stays as it is. */
export function withoutEscapes(value: unknown): unknown {
  if (typeof value === 'string') { return value.replaceAll('$$', '$'); }
  if (Array.isArray(value)) { return value.map(withoutEscapes); }
  return isMap(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutEscapes(item)]))
    : value;
}

/** Finds the places that Compose fills in from the environment it is started in. */
export function readInterpolations(value: unknown): ServiceFacts['interpolations'] {
  const found: { at: string; text: string }[] = [];
  const walk = (item: unknown, at: string): void => {
    if (typeof item === 'string') {
      if (item.replaceAll('$$', '').includes('$')) { found.push({ at, text: item }); }
    } else if (typeof item === 'object' && item !== null) {
      for (const [key, below] of Object.entries(item)) { walk(below, at === '' ? key : `${at}.${key}`); }
    }
  };
  walk(value, '');
  return found;
}
