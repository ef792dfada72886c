import { compareText } from '../plan/collections';
import { SettingFact, Words } from '../plan/target-facts';

/** A map as a parser gives it. Nothing is known of its values. */
export type Tree = Readonly<Record<string, unknown>>;

/** Returns the map, or an empty one when the value is something else. */
export function mapOf(value: unknown): Tree {
  return isMap(value) ? value : {};
}

export function isMap(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the list; one item for a single value, none for no value. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) { return value; }
  return value === undefined || value === null ? [] : [value];
}

/** Returns a scalar as text, anything else as JSON with sorted keys. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') { return value; }
  return isScalar(value) ? String(value ?? '') : JSON.stringify(sorted(value));
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) { return value.map(sorted); }
  if (!isMap(value)) { return value; }
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compareText(a, b))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

/** Returns the entries of what may be written as a map or as a list of its keys. */
export function entriesOf(value: unknown): [string, unknown][] {
  return isMap(value) ? Object.entries(value) : listOf(value).map((key) => [textOf(key), undefined]);
}

/** Returns the entries of what may be written as a map or as a list of `KEY=value`. */
export function pairsOf(value: unknown): [string, string | undefined][] {
  if (isMap(value)) {
    return Object.entries(value).map(([key, item]) => [key, item === null ? undefined : textOf(item)]);
  }
  return listOf(value).map((entry) => {
    const text = textOf(entry);
    const cut = text.indexOf('=');
    return cut < 0 ? [text, undefined] : [text.slice(0, cut), text.slice(cut + 1)];
  });
}

/** Returns the value as text; undefined when nothing is stated. */
export function optionalText(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : textOf(value);
}

/** Returns a command: its arguments, or the text that a shell splits. */
export function wordsOf(value: unknown): Words | undefined {
  if (value === undefined || value === null) { return undefined; }
  return Array.isArray(value) ? value.map(textOf) : textOf(value);
}

/** Which keys of a map are read as facts, and which of the others can open nothing. */
export interface Keys {
  readonly read: readonly string[];
  readonly harmless: readonly string[];
}

/**
 * Keeps every key that is not read as a fact, so that no change passes in silence.
 *
 * @param prefix in front of each key.
 */
export function settingsOf(values: Tree, { read, harmless }: Keys, prefix = ''): SettingFact[] {
  return Object.entries(values)
    .filter(([key, value]) => !read.includes(key) && value !== undefined)
    .map(([key, value]) => ({ key: `${prefix}${key}`, value, harmless: harmless.includes(key) }));
}

/** Keeps keys that should hold a map and hold something else, which no fact can be read from. */
export function misfitsOf(values: Tree, keys: readonly string[], prefix = ''): SettingFact[] {
  return keys
    .filter((key) => values[key] !== undefined && values[key] !== null && !isMap(values[key]))
    .map((key) => ({ key: `${prefix}${key}`, value: values[key], harmless: false }));
}

/** Returns the names of capabilities in capitals, without `CAP_`. */
export function capabilitiesOf(value: unknown): string[] {
  return listOf(value).map((name) => textOf(name).toUpperCase().replace(/^CAP_/, ''));
}
