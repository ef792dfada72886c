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

/** What holds if nothing is said: to say it states nothing. */
const DEFAULTS: ContainerOptions = {
  attach: true, privileged: false, scale: 1, stdinOpen: false, tty: false, useApiSocket: false,
};

/**
 * Turns the settings of a container into plain data. An open standard input with a terminal is the `terminal` of its
 * service, and no setting.
 */
export function resolveContainer(
  options: ContainerOptions,
  terminal: boolean,
): { readonly container?: ContainerPlan; readonly terminal: boolean } {
  const isTerminal = terminal || (options.stdinOpen === true && options.tty === true);
  const isStated = (name: keyof ContainerOptions) => options[name] !== DEFAULTS[name]
    && !(isTerminal && ['stdinOpen', 'tty'].includes(name));
  const names = (Object.keys(options) as (keyof ContainerOptions)[]).filter(isStated);
  return {
    container: names.length === 0
      ? undefined
      : plain(Object.fromEntries(names.map((name) => [name, options[name]]))) as ContainerPlan,
    terminal: isTerminal,
  };
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
