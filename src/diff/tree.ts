import { compareText } from '../plan/order';

/** A map as a parser gives it: nothing in it is believed before it was looked at. */
export type Tree = Readonly<Record<string, unknown>>;

/** The map, or an empty one when the value is something else. */
export function mapOf(value: unknown): Tree {
  return isMap(value) ? value : {};
}

export function isMap(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list; one item when the value is a single one, none when there is no value. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) { return value; }
  return value === undefined || value === null ? [] : [value];
}

/** The value in words: a scalar as it is, anything else as JSON with sorted keys. */
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

/** Words of a command, as a shell would take them. */
export function commandText(value: unknown): string {
  if (!Array.isArray(value)) { return textOf(value); }
  return value
    .map((word) => (/^[A-Za-z0-9_./:=@%+,-]+$/.test(textOf(word)) ? textOf(word) : JSON.stringify(textOf(word))))
    .join(' ');
}

/** Entries of what may be written as a map or as a list of its keys. */
export function entriesOf(value: unknown): [string, unknown][] {
  return isMap(value) ? Object.entries(value) : listOf(value).map((key) => [textOf(key), undefined]);
}

/** Entries of what may be written as a map or as a list of `KEY=value`. */
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
