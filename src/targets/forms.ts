import { listOf, pairsOf, textOf } from './tree';
import { compareText } from '../plan/collections';
import { YamlValue } from '../util/yaml-text';

/** How a value is written in a document, and read from one that may state it in another form. */
export interface Form<T> {
  write(value: T): YamlValue;
  read(value: unknown): T;
}

export const text: Form<string> = { write: (value) => value, read: textOf };

export const texts: Form<readonly string[]> = {
  write: (value) => value,
  read: (value) => listOf(value).map(textOf),
};

/** A map of texts, which documents may also state as a list of `KEY=value`. */
export const map: Form<Readonly<Record<string, string>>> = {
  write: (value) => value,
  read: (value) => Object.fromEntries(
    pairsOf(value)
      .map(([key, item = '']) => [key, item] as const)
      .sort(([a], [b]) => compareText(a, b)),
  ),
};
