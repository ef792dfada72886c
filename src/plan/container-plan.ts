import { compareText } from './collections';
import type { ContainerOptions } from '../model/container-options';
import { Duration } from '../model/duration';
import { isKind } from '../model/kind';
import { Size } from '../model/size';

/** A value of the model as plain data: sizes in MiB, durations in seconds. */
type Plain<T> = T extends Size | Duration ? number
  : T extends readonly (infer Item)[] ? readonly Plain<Item>[]
    : T extends object ? { readonly [Key in keyof T]: Plain<T[Key]> }
      : T;

/** Settings of a container under their names in the model. */
export type ContainerPlan = Plain<ContainerOptions>;

/** Turns the settings of a container into plain data. Undefined if there are none. */
export function resolveContainer(options: ContainerOptions): ContainerPlan | undefined {
  return Object.keys(options).length === 0 ? undefined : plain(options) as ContainerPlan;
}

/** The order of keys in the model must not count; that of lists does. */
function plain(value: unknown): unknown {
  if (isKind(value, 'Size')) { return (value as Size).toMebibytes(); }
  if (isKind(value, 'Duration')) { return (value as Duration).toSeconds(); }
  if (Array.isArray(value)) { return value.map(plain); }
  if (typeof value !== 'object' || value === null) { return value; }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => compareText(a, b)).map(([key, item]) => [key, plain(item)]));
}
