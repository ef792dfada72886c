import { Form, map } from './forms';
import { Tree } from './tree';
import { ContainerPlan } from '../plan/container-plan';
import { FidelityEntry, Facet } from '../plan/target-output';

/*
 * Settings of a container with one key in a compose file, and one field of a pod or none. Both renderers, both readers,
 * `diff` and the page of concepts work from this table.
 */

/** One setting in each target. */
export interface ContainerSetting<T> {
  /** Key of a Compose service. */
  readonly key: string;
  /** What the fidelity report calls it. */
  readonly fact: string;
  readonly facet: Facet;
  /** The value of the Compose key. */
  readonly form: Form<T>;
  /** The field of a pod that has the same meaning; undefined if there is none. */
  readonly pod?: PodField<T>;
  /** Whether a value gives the container nothing, so that a change of it is no wider. */
  readonly harmless: boolean;
  /** What a cluster does not keep of a value; undefined if it keeps all. */
  gap?(value: T): Gap | undefined;
}

export type Gap = Pick<FidelityEntry, 'verdict' | 'reason' | 'remedy'>;

/** Where a pod template has a field. */
export type PodPart = 'metadata' | 'spec' | 'securityContext' | 'container';

export interface PodField<T> {
  readonly part: PodPart;
  readonly key: string;
  /** Returns the value of the field; undefined if nothing of the value can be said. Maps of one field are merged. */
  write(value: T): object | string | number | boolean | undefined;
  /** Returns the setting; undefined if the field does not state it. */
  read(field: unknown): T | undefined;
}

type Settings = { readonly [Name in keyof Required<ContainerPlan>]: ContainerSetting<Required<ContainerPlan>[Name]> };

export const CONTAINER_SETTINGS: Settings = {
  labels: {
    key: 'labels',
    fact: 'labels',
    facet: 'identity',
    form: map,
    harmless: true,
    gap: () => ({
      verdict: 'left-out',
      reason: 'Labels of a container are for programs that ask the engine; a cluster has none.',
      remedy: 'Use annotations for what a program in the cluster reads.',
    }),
  },
  annotations: {
    key: 'annotations',
    fact: 'annotations',
    facet: 'identity',
    form: map,
    harmless: true,
    pod: {
      part: 'metadata',
      key: 'annotations',
      write: (value) => annotationsOf(value, true),
      read: foreignAnnotations,
    },
    gap: (value) =>
      leftOutIf(
        Object.keys(annotationsOf(value, false) ?? {}),
        (names) => `A cluster does not accept the names ${names} for annotations.`,
        'Use names of letters, digits, dots, dashes and underscores, after a domain and a slash at most.',
      ),
  },
};

/** A name of a cluster: `note` or `example.org/note`. */
const QUALIFIED = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

function annotationsOf(
  all: Readonly<Record<string, string>>,
  isValid: boolean,
): Readonly<Record<string, string>> | undefined {
  const entries = Object.entries(all).filter(([name]) => QUALIFIED.test(name) === isValid);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function leftOutIf(names: readonly string[], reason: (names: string) => string, remedy: string): Gap | undefined {
  const listed = names.map((name) => JSON.stringify(name)).join(', ');
  return names.length === 0 ? undefined : { verdict: 'left-out', reason: reason(listed), remedy };
}

function foreignAnnotations(value: unknown): Record<string, string> | undefined {
  const entries = Object.entries(map.read(value)).filter(([name]) => !name.startsWith('toolbox-constructs'));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

type AnySetting = ContainerSetting<unknown> & { readonly name: keyof ContainerPlan };

/** All settings, by name. */
export const ALL_SETTINGS: readonly AnySetting[] = Object.entries(CONTAINER_SETTINGS).map(([name, setting]) => ({
  ...setting as ContainerSetting<unknown>,
  name: name as keyof ContainerPlan,
}));

/** Returns the settings that a service states, with their values. */
export function settingsOf(container: ContainerPlan): { readonly setting: AnySetting; readonly value: unknown }[] {
  return ALL_SETTINGS.flatMap((setting) => {
    const value = container[setting.name];
    return value === undefined ? [] : [{ setting, value }];
  });
}

/** Reads the settings that a document states. */
export function readSettings(read: (setting: AnySetting) => unknown): ContainerPlan {
  const found = ALL_SETTINGS.map((setting) => [setting.name, read(setting)] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

/** Reads the settings of a Compose service. */
export function readComposeSettings(service: Tree): ContainerPlan {
  return readSettings(({ key, form }) => (service[key] === undefined ? undefined : form.read(service[key])));
}

/** Keys of a part of a pod that settings are read from. */
export function podKeys(part: PodPart): string[] {
  return ALL_SETTINGS.flatMap(({ pod }) => (pod?.part === part ? [pod.key] : []));
}
