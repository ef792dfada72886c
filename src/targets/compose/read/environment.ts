import { SecretFact, ServiceFacts, VariableFact } from '../../../plan/target-facts';
import { COMPOSE_FOLDER } from '../../layout';
import { isMap, listOf, pairsOf, textOf, Tree } from '../../tree';
import { SECRET_VARIABLE } from '../interpolation';
import { projectPath } from '../paths';

/**
 * Reads `environment` and `env_file`. A secret in a text counts under the name of its key, and stands there
 * as `${KEY}`.
 *
 * @param service as it is written, with escapes.
 */
export function readEnvironment(
  service: Tree,
  files: ReadonlyMap<string, string>,
): { readonly environment: VariableFact[]; readonly secrets: SecretFact[] } {
  const pairs = pairsOf(service.environment);
  const named = new Set(pairs.map(([name]) => name));
  const envFiles = listOf(service.env_file).map((entry) => textOf(isMap(entry) ? entry.path : entry));
  const found = pairs.map(([name, text]) => ({ name, text, secrets: secretsIn(text ?? '') }));
  const isSecret = ({ text, secrets }: (typeof found)[number]) => secrets.length === 1 && secrets[0].text === text;
  return {
    environment: found.filter((one) => !isSecret(one)).map(({ name, text }) => (
      text === undefined
        ? { name, source: 'the environment that Compose is started in' }
        : { name, value: plainText(text) })),
    secrets: [
      ...found.flatMap((one) => one.secrets.map(({ store, key }) => (
        { name: isSecret(one) ? one.name : key, store, key }))),
      // a value of the compose file goes before one of the env file
      ...envFiles.flatMap((path) => keysOf(path, files)).filter(({ name }) => !named.has(name)),
    ],
  };
}

/** Secrets that Compose puts into a text. */
function secretsIn(text: string): (Pick<SecretFact, 'store' | 'key'> & { readonly text: string })[] {
  return [...text.matchAll(SECRET_VARIABLES)].map(({ 0: whole, groups }) => (
    { text: whole, key: groups!.key, store: groups!.file }));
}

const SECRET_VARIABLES = new RegExp(SECRET_VARIABLE, 'g');

function plainText(text: string): string {
  return text.split(SECRET_VARIABLE).length === 1
    ? unescaped(text)
    : text.replace(new RegExp(`${SECRET_VARIABLE.source}|\\$\\$`, 'g'), (match, key?: string) => (
      key === undefined ? match.slice(1) : `\${${key}}`));
}

/** Compose passes an env file as a whole. The example beside the compose file lists its keys. */
function keysOf(path: string, files: ReadonlyMap<string, string>): SecretFact[] {
  const file = projectPath(path);
  const example = files.get(`${COMPOSE_FOLDER}/${file}.example`);
  const names = example === undefined
    ? [`every key of ${file}`]
    : [...example.matchAll(/^([^#=\s]+)=/gm)].map(([, key]) => key);
  return names.map((name) => ({ name, store: file, key: name }));
}

/** Reads `$$` as Compose does. A variable of the caller's environment stays as it is. */
export function withoutEscapes(value: unknown): unknown {
  if (typeof value === 'string') { return unescaped(value); }
  if (Array.isArray(value)) { return value.map(withoutEscapes); }
  return isMap(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutEscapes(item)]))
    : value;
}

function unescaped(text: string): string {
  return text.replaceAll('$$', '$');
}

/** Finds the places that Compose fills in from the environment it is started in. */
export function readInterpolations(value: unknown): ServiceFacts['interpolations'] {
  const found: { at: string; text: string }[] = [];
  const walk = (item: unknown, at: string): void => {
    if (typeof item === 'string') {
      if (item.replaceAll('$$', '').replace(SECRET_VARIABLES, '').includes('$')) { found.push({ at, text: item }); }
    } else if (typeof item === 'object' && item !== null) {
      for (const [key, below] of Object.entries(item)) { walk(below, at === '' ? key : `${at}.${key}`); }
    }
  };
  walk(value, '');
  return found;
}
