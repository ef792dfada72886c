import { compareText, pick } from './collections';
import type { ContainerOptions, LifecycleHook, Logging, Ulimit } from '../model/container-options';
import { Duration } from '../model/duration';
import { isKind } from '../model/kind';
import { Size } from '../model/size';
import { LIFECYCLE_HOOK, LOGGING, ULIMIT } from '../model/structs';

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
      : plain(known(pick(options, names))) as ContainerPlan,
    terminal: isTerminal,
  };
}

/** Leaves out what types do not have: a program without types may give objects with other properties beside. */
function known({ logging, ulimits, postStart, preStop, ...others }: ContainerOptions): ContainerOptions {
  const only = <T extends object>(fields: Record<keyof T, unknown>) =>
    (value: T): T => pick(value, Object.keys(fields) as (keyof T)[]);
  return {
    ...others,
    logging: logging && only<Logging>(LOGGING)(logging),
    ulimits: ulimits
      && Object.fromEntries(Object.entries(ulimits).map(([name, limit]) => [name, only<Ulimit>(ULIMIT)(limit)])),
    postStart: postStart?.map(only<LifecycleHook>(LIFECYCLE_HOOK)),
    preStop: preStop?.map(only<LifecycleHook>(LIFECYCLE_HOOK)),
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
