import { Canonical } from './canonical';
import { KeyPath } from '../ledger';

/** A place where two compose files mean something else. */
export interface Difference {
  readonly path: KeyPath;
  /** Undefined if only the other one has it. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** Which variables were set when it showed. */
  /** Whether another service of the source has the same value. */
  readonly isShared?: boolean;
  readonly scenario?: 'unset' | 'set' | 'defaults';
}

/** Compares the meaning of two compose files, key by key. */
export function differences(before: Canonical, after: Canonical): Difference[] {
  return compare(before, after, []);
}

function compare(before: unknown, after: unknown, path: KeyPath): Difference[] {
  if (isMap(before) && isMap(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => compare(own(before, key), own(after, key), [...path, key]));
  }
  if (isMap(before) && after === undefined && path.length < 4 && Object.keys(before).length > 0) {
    return Object.entries(before).flatMap(([key, one]) => compare(one, undefined, [...path, key]));
  }
  if (before === undefined && isMap(after) && path.length < 4 && Object.keys(after).length > 0) {
    return Object.entries(after).flatMap(([key, one]) => compare(undefined, one, [...path, key]));
  }
  return JSON.stringify(sorted(before)) === JSON.stringify(sorted(after)) ? [] : [{ path, before, after }];
}

function own(map: Canonical, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function isMap(value: unknown): value is Canonical {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return isMap(value)
    ? Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]))
    : value;
}
