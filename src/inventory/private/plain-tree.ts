import { Spot, Tree } from './tree';

/** The values that a record can hold. Undefined properties are left out. */
export type Plain = string | number | readonly Plain[] | { readonly [key: string]: Plain | undefined };

const NOWHERE: Spot = { line: 1, column: 1 };

/** A value in memory as if it had been read, for the same shapes to judge. */
export function plainTree(value: Plain): Tree {
  if (typeof value === 'string') {
    return { kind: 'text', at: NOWHERE, text: value };
  }
  if (typeof value === 'number') {
    return { kind: 'number', at: NOWHERE, source: String(value), value };
  }
  if (isList(value)) {
    return { kind: 'list', at: NOWHERE, items: value.map(plainTree) };
  }
  const entries = Object.entries(value).flatMap(([key, inner]) =>
    inner === undefined ? [] : [{ key, at: NOWHERE, value: plainTree(inner) }],
  );
  return { kind: 'map', at: NOWHERE, entries };
}

function isList(value: readonly Plain[] | { readonly [key: string]: Plain | undefined }): value is readonly Plain[] {
  return Array.isArray(value);
}
