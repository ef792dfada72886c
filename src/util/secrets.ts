import { isNamedSecret, isPlaceholder } from './named-secret';
import { SECRET_SHAPES } from './secret-shapes';

/**
 * The text before a credential, and the credential in the group `value`. Repetitions are bounded: input is hostile.
 */
type Context = readonly [kind: string, shape: RegExp];

const VALUE =
  '(?<value>"[^"\\n]{1,1000}"|\'[^\'\\n]{1,1000}\'|[^\\s"\',;&|)}\\]]{1,1000}(?:\\}[^\\s"\',;&|)\\]]{0,1000})?)';

/** A character of an address, or a reference that stands for some. */
const PART = '(?:\\$\\{[^{}\\s]{1,200}\\}|[^/\\s:@"\'{}])';

/** In any text, prose included. */
const IN_PROSE: readonly Context[] = [
  // One slash: a path may have been made of the address. An image reference ends in a digest.
  [
    'a password in an address',
    new RegExp(`(?<![\\w+.-])[a-z][a-z0-9+.-]{0,40}:/{1,2}${PART}{0,1000}:(?<value>${PART}{1,1000})@(?!sha256:)`, 'gi'),
  ],
  ['a password in an address', /(?<![^\s"'=])[\w.-]{1,100}:(?<value>[^/\s:@"']{1,1000})@(?:tcp|unix)\(/gi],
  [
    'a credential in a header',
    /\bAuthorization["']?\s{0,4}[:=]\s{0,4}["']?(?:Basic|Bearer|Token)\s{1,4}(?<value>[^\s"',;]{1,4000})/gi,
  ],
  ['a bearer token', /\bBearer\s{1,4}(?=[^\s"',;]{0,100}\d)(?<value>[^\s"',;]{8,4000})/gi],
];

/** One word, in quotes or not. */
const WORD = '(?<value>"[^"\\n]{1,1000}"|[^\\s"\';|&]{1,1000})';
/** Whatever stands between a program and its option. */
const OPTIONS = '\\s(?:[^\\n|;&]{0,300}?\\s)?';

/** In commands and configuration files. */
const IN_SETTINGS: readonly Context[] = [
  ['a password in a command', new RegExp(`\\bredis-cli${OPTIONS}(?:-a|--pass)[\\s=]{1,4}${WORD}`, 'g')],
  ['a password in a command', new RegExp(`\\b(?:mysql|mariadb)[\\w-]{0,20}${OPTIONS}-p${WORD}`, 'g')],
  ['a password in a command', new RegExp(`\\b(?:mongo\\w{0,10}|sshpass)${OPTIONS}-p\\s{0,4}(?!-)${WORD}`, 'g')],
  [
    'a password in a command',
    new RegExp(`\\b(?:curl|wget)${OPTIONS}(?:-u|--user|--proxy-user)[\\s=]{1,4}["']?[^\\s:"']{1,100}:${WORD}`, 'g'),
  ],
  ['a password in a setting', new RegExp(`(?<![\\w-])(?:requirepass|masterauth)\\s{1,8}${WORD}`, 'gi')],
  ['a password in a statement', /\b(?:PASSWORD|IDENTIFIED\s{1,4}BY)\s{1,4}'(?<value>[^'\n]{1,1000})'/gi],
];

/** A name, what separates it from a value, and the value. */
const ASSIGNED: readonly RegExp[] = [
  new RegExp(`(?<![\\w.$\{-])(?:-{1,2})?(?<name>[A-Za-z_][\\w.-]{1,100})["']?\\s{0,8}=>?\\s{0,8}${VALUE}`, 'g'),
  new RegExp(`(?<![\\w.$\{-])(?<name>[A-Za-z_][\\w.-]{1,100})["']?\\s{0,8}:(?:\\s{1,8}|(?=["']))${VALUE}`, 'g'),
  new RegExp(`(?<![\\w-])--?(?<name>[A-Za-z][\\w-]{1,100})\\s{1,8}(?!-)${VALUE}`, 'g'),
];

interface Match {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** Returns the kind of the first literal secret in a text that may be prose; undefined if there is none. */
export function secretIn(text: string): string | undefined {
  return [...shapesIn(text), ...contextsIn(text, IN_PROSE)][0]?.kind;
}

/**
 * Returns the kind of the first literal secret in a command line or a configuration file; undefined if there is none.
 */
export function secretInSettings(text: string): string | undefined {
  return secretIn(text) ?? [...contextsIn(text, IN_SETTINGS), ...assignmentsIn(text)][0]?.kind;
}

/** Returns the kind of the secret in a value that has a name: a variable, a build argument, a label. */
export function secretInValue(name: string, value: string): string | undefined {
  return secretInSettings(value) ?? (isNamedSecret(name, value) ? 'a literal secret' : undefined);
}

/** A literal secret in a document. */
export interface FoundSecret {
  /** Keys and list positions that lead to it. */
  readonly at: readonly (string | number)[];
  readonly kind: string;
}

/**
 * Finds literal secrets in plain data: a compose file, a manifest, the value of an override. Knows `NAME=value` in
 * lists, `name` and `value` side by side, and the words of a command.
 */
export function secretsInData(data: unknown, at: FoundSecret['at'] = []): FoundSecret[] {
  const found = (kind: string | undefined, ...steps: FoundSecret['at']): FoundSecret[] =>
    kind === undefined ? [] : [{ at: [...at, ...steps], kind }];
  if (typeof data === 'string') {
    return found(secretInSettings(data));
  }
  if (Array.isArray(data)) {
    const inItems = data.flatMap((item: unknown, index) => secretsInData(item, [...at, index]));
    const isWords = inItems.length === 0 && data.every((item) => typeof item === 'string');
    return isWords ? found(secretInSettings(data.join(' '))) : inItems;
  }
  if (typeof data !== 'object' || data === null) {
    return [];
  }
  const entries = Object.entries(data);
  const { name, value } = data as { readonly name?: unknown; readonly value?: unknown };
  const named = typeof name === 'string' && typeof value === 'string' ? name : undefined;
  return entries.flatMap(([key, item]) => [
    ...found(secretIn(key), key),
    ...(typeof item === 'string'
      ? found(secretInValue(key === 'value' && named !== undefined ? named : key, item), key)
      : secretsInData(item, [...at, key])),
  ]);
}

/** Replaces every literal secret in a text by its kind. Names stay. */
export function withoutSecrets(text: string): string {
  const matches = [...shapesIn(text), ...contextsIn(text, IN_PROSE)].sort((a, b) => a.start - b.start);
  let end = 0;
  const kept: string[] = [];
  for (const match of matches.filter((one) => one.start >= 0)) {
    if (match.start >= end) {
      kept.push(text.slice(end, match.start), `(${match.kind})`);
    }
    end = Math.max(end, match.end);
  }
  return kept.join('') + text.slice(end);
}

function shapesIn(text: string): Match[] {
  return SECRET_SHAPES.flatMap(([kind, shape]) =>
    [...text.matchAll(new RegExp(shape, `${shape.flags}g`))]
      .map(({ 0: match, index }) => ({ kind, start: index, end: index + match.length })));
}

function contextsIn(text: string, contexts: readonly Context[]): Match[] {
  return contexts.flatMap(([kind, shape]) =>
    [...text.matchAll(shape)].flatMap(({ 0: match, index, groups }) =>
      (isPlaceholder(groups!.value.replace(/^["']|["']$/g, ''))
        ? []
        : [{ kind, start: index, end: index + match.length }])));
}

function assignmentsIn(text: string): Match[] {
  return ASSIGNED.flatMap((shape) =>
    [...text.matchAll(shape)].flatMap(({ 0: match, index, groups }) =>
      (isNamedSecret(groups!.name, groups!.value)
        ? [{ kind: 'a literal secret', start: index, end: index + match.length }]
        : [])));
}
