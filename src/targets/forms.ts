import { bytesOf } from './quantity';
import { isMap, listOf, mapOf, pairsOf, textOf, Tree, wordsOf } from './tree';
import { compareText } from '../plan/collections';
import { YamlValue } from '../util/yaml-text';

/** How a value is written in a compose file, and read from one that may state it in another form. */
export interface Form<T> {
  /** Returns undefined for what is said by no key. */
  write(value: T): YamlValue | undefined;
  /** What cannot be read stays as it is: a comparison sees it, and none takes it for a valid value. */
  read(value: unknown): T;
}

export const text: Form<string> = { write: (value) => value, read: textOf };

export const flag: Form<boolean> = {
  write: (value) => value,
  read: (value) => (value === 'true' ? true : value === 'false' ? false : value as boolean),
};

export const count: Form<number> = {
  write: (value) => value,
  read: (value) => (/^-?\d{1,15}$/.test(textOf(value)) ? Number(value) : value as number),
};

export const mebibytes: Form<number> = {
  write: (value) => `${value}m`,
  read: (value) => {
    const bytes = bytesOf(value);
    return typeof bytes === 'number' ? bytes / 1024 ** 2 : value as number;
  },
};

export const texts: Form<readonly string[]> = {
  write: (value) => value,
  read: (value) => listOf(value).map(textOf),
};

/** A map of texts, which documents may also state as a list of `KEY=value`. */
export const map: Form<Readonly<Record<string, string>>> = {
  write: (value) => value,
  read: (value) => Object.fromEntries(sorted(pairsOf(value).map(([key, item = '']) => [key, item]))),
};

interface Limits {
  readonly soft: number;
  readonly hard?: number;
}

export const ulimits: Form<Readonly<Record<string, Limits>>> = {
  write: (value) => Object.fromEntries(Object.entries(value).map(([name, { soft, hard }]) => (
    [name, hard === undefined ? soft : { hard, soft }]))),
  read: (value) => Object.fromEntries(sorted(Object.entries(mapOf(value)).map(([name, limit]) => (
    [name, isMap(limit) ? { hard: count.read(limit.hard), soft: count.read(limit.soft) } : { soft: count.read(limit) }]
  )))),
};

interface Logging {
  readonly driver?: string;
  readonly options?: Readonly<Record<string, string>>;
}

/** Without driver and options the engine decides, as without the key. */
export const logging: Form<Logging> = {
  write: ({ driver, options }) => (driver === undefined && options === undefined ? undefined : { driver, options }),
  read: (value) => ({
    ...stated('driver', mapOf(value), 'driver', text),
    ...stated('options', mapOf(value), 'options', map),
  }),
};

interface Hook {
  readonly command: readonly string[];
  readonly user?: string;
  readonly privileged?: boolean;
  readonly workingDir?: string;
}

export const hooks: Form<readonly Hook[]> = {
  write: (value) => value.map(({ command, user, privileged, workingDir }) => (
    { command, user, privileged: privileged || undefined, working_dir: workingDir })),
  read: (value) => listOf(value).map(mapOf).map((hook) => ({
    command: listOf(wordsOf(hook.command)).map(textOf),
    ...stated('privileged', hook, 'privileged', flag),
    ...stated('user', hook, 'user', text),
    ...stated('workingDir', hook, 'working_dir', text),
  })),
};

function stated<T>(name: string, from: Tree, key: string, form: Form<T>): Record<string, T> {
  return from[key] === undefined ? {} : { [name]: form.read(from[key]) };
}

function sorted<T>(entries: readonly (readonly [string, T])[]): (readonly [string, T])[] {
  return [...entries].sort(([a], [b]) => compareText(a, b));
}
