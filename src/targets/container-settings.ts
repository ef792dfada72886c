import { count, flag, Form, hooks, logging, map, mebibytes, text, texts, ulimits } from './forms';
import { listOf, mapOf, textOf, Tree, wordsOf } from './tree';
import { ContainerPlan } from '../plan/container-plan';
import { isSafeSysctl } from '../plan/isolation';
import { Facet, FidelityEntry } from '../plan/target-output';

/*
 * Settings of a container with one key in a compose file, and one field of a pod or none. Both renderers, both readers,
 * `diff` and the page of concepts work from this table.
 */

/** The volume of a pod that stands for the size of shared memory. No mount of the model has this name. */
export const SHARED_MEMORY = { name: 'shared-memory', path: '/dev/shm' };

/** One setting in each target. */
export interface ContainerSetting<T> {
  /** Key of a Compose service. */
  readonly key: string;
  /** What the fidelity report calls it. */
  readonly fact: string;
  readonly facet: Facet;
  /** The value of the Compose key. */
  readonly form: Form<T>;
  /** The field of a pod that has the same meaning; undefined if there is none, or if the renderer makes it. */
  readonly pod?: PodField<T>;
  /** Whether a value gives the container nothing, so that a change of it makes nothing wider. */
  readonly harmless?: boolean;
  /** Whether there is another fact for it, in which `diff` shows it. */
  readonly isShownElsewhere?: boolean;
  /** Version of Docker Compose that a value needs; undefined if every supported one accepts it. */
  since?(value: T): string | undefined;
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
    gap: leftOut(
      'Labels of a container are for programs that ask the engine; a cluster has none.',
      'Use annotations for what a program in the cluster reads.',
    ),
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
      write: (value) => pick(value, isQualified),
      read: (value) => pick(map.read(value), (name) => !name.startsWith('toolbox-constructs')),
    },
    gap: (value) => gapOf(
      Object.keys(value).filter((name) => !isQualified(name)),
      'left-out',
      (names) => `A cluster does not accept the names ${names} for annotations.`,
      'Use names of letters, digits, dots, dashes and underscores, after a domain and a slash at most.',
    ),
  },
  containerName: {
    key: 'container_name',
    fact: 'container name',
    facet: 'identity',
    form: text,
    harmless: true,
    gap: leftOut('A cluster makes the names of pods itself.', 'Find the pod by the name of the service.'),
  },
  scale: {
    key: 'scale',
    fact: 'scale',
    facet: 'lifecycle',
    form: count,
    harmless: true,
  },
  platform: {
    key: 'platform',
    fact: 'platform',
    facet: 'image',
    form: text,
    harmless: true,
    pod: { part: 'spec', key: 'nodeSelector', write: nodeSelector, read: platformOf },
    gap: (value) => gapOf(
      value.split('/').slice(2),
      'adapted',
      (variant) => `Nodes are chosen by system and processor, not by the variant ${variant}.`,
      'Nothing to do if the nodes of that processor are alike.',
    ),
  },
  pullPolicy: {
    key: 'pull_policy',
    fact: 'pull policy',
    facet: 'image',
    form: text,
    isShownElsewhere: true,
    since: (value) => (/^(?:daily|weekly|every_)/.test(value) ? '2.30' : undefined),
    gap: (value) => ({
      verdict: 'adapted',
      reason: `The pod has imagePullPolicy ${imagePullPolicy(value)}.`,
      remedy: 'Nothing to do if the nodes can reach the registry.',
    }),
  },
  stopSignal: {
    key: 'stop_signal',
    fact: 'stop signal',
    facet: 'lifecycle',
    form: text,
    harmless: true,
    gap: leftOut('A pod is stopped by the signal of its image.', 'Set STOPSIGNAL in the Dockerfile of the image.'),
  },
  shmSize: { key: 'shm_size', fact: 'shared memory', facet: 'resources', form: mebibytes, harmless: true },
  ulimits: {
    key: 'ulimits',
    fact: 'ulimits',
    facet: 'resources',
    form: ulimits,
    harmless: true,
    gap: leftOut('A pod has the limits of the runtime of its node.', 'Set the limits in the unit of containerd.'),
  },
  sysctls: {
    key: 'sysctls',
    fact: 'kernel parameters',
    facet: 'security',
    form: map,
    pod: { part: 'securityContext', key: 'sysctls', write: safeSysctls, read: sysctlsOf },
    gap: (value) => gapOf(
      Object.keys(value).filter((name) => !isSafeSysctl(name)),
      'refused',
      (names) => `A cluster accepts safe parameters of the kernel only, and not ${names}.`,
      'Do without, or set them on the nodes.',
    ),
  },
  devices: {
    key: 'devices',
    fact: 'devices',
    facet: 'security',
    form: texts,
    isShownElsewhere: true,
    gap: refused('A pod gets no device by its path.', 'Use an accelerator, or a device plugin of the cluster.'),
  },
  groupAdd: {
    key: 'group_add',
    fact: 'further groups',
    facet: 'security',
    form: texts,
    pod: {
      part: 'securityContext',
      key: 'supplementalGroups',
      write: (value) => {
        const ids = value.filter(isId).map(Number);
        return ids.length === 0 ? undefined : ids;
      },
      read: (value) => listOf(value).map(textOf),
    },
    gap: (value) => gapOf(
      value.filter((group) => !isId(group)),
      'left-out',
      (names) => `A pod knows groups by number, and not ${names}.`,
      'Give the number of the group.',
    ),
  },
  dns: {
    key: 'dns',
    fact: 'DNS servers',
    facet: 'network',
    form: texts,
    gap: leftOut(
      'A pod asks the DNS of the cluster, and its policies let it ask no other.',
      'Set the servers as upstream of the DNS of the cluster.',
    ),
  },
  dnsSearch: {
    key: 'dns_search',
    fact: 'DNS search domains',
    facet: 'network',
    form: texts,
    harmless: true,
    pod: {
      part: 'spec',
      key: 'dnsConfig',
      write: (searches) => ({ searches }),
      read: (value) => (mapOf(value).searches === undefined ? undefined : texts.read(mapOf(value).searches)),
    },
  },
  dnsOpt: {
    key: 'dns_opt',
    fact: 'DNS options',
    facet: 'network',
    form: texts,
    harmless: true,
    pod: { part: 'spec', key: 'dnsConfig', write: (value) => ({ options: value.map(dnsOption) }), read: dnsOptionsOf },
  },
  domainname: {
    key: 'domainname',
    fact: 'domain name',
    facet: 'network',
    form: text,
    harmless: true,
    gap: leftOut('A pod has the domain of its cluster.', 'Use the names of the cluster.'),
  },
  macAddress: {
    key: 'mac_address',
    fact: 'hardware address',
    facet: 'network',
    form: text,
    harmless: true,
    gap: leftOut('The network plugin of a cluster gives out hardware addresses.', 'Nothing to do in most cases.'),
  },
  privileged: {
    key: 'privileged',
    fact: 'privileged',
    facet: 'security',
    form: flag,
    isShownElsewhere: true,
    gap: (value) => (value
      ? refused('Pod Security "baseline" lets no container be privileged.', 'Name the rights that it needs.')(value)
      : leftOut('A pod is never privileged.', 'Nothing to do.')(value)),
  },
  pid: namespace('pid', 'process namespace'),
  ipc: namespace('ipc', 'namespace of shared memory'),
  uts: namespace('uts', 'namespace of the host name'),
  usernsMode: namespace('userns_mode', 'user namespace'),
  cgroup: namespace('cgroup', 'namespace of control groups'),
  runtime: {
    key: 'runtime',
    fact: 'runtime',
    facet: 'security',
    form: text,
    pod: { part: 'spec', key: 'runtimeClassName', write: (value) => value, read: textOf },
    gap: (value) => ({
      verdict: 'adapted',
      reason: `The pod asks for the RuntimeClass ${value}.`,
      remedy: 'See that the cluster has a RuntimeClass of that name.',
    }),
  },
  oomScoreAdj: {
    key: 'oom_score_adj',
    fact: 'preference for being killed',
    facet: 'resources',
    form: count,
    harmless: true,
    gap: leftOut('A cluster sets it by the requests and limits of the pod.', 'Set requests equal to limits.'),
  },
  cpuset: {
    key: 'cpuset',
    fact: 'processors',
    facet: 'resources',
    form: text,
    harmless: true,
    gap: leftOut('A pod runs on any processor of its node.', 'Use the static CPU manager of the kubelet.'),
  },
  cpuShares: {
    key: 'cpu_shares',
    fact: 'processor weight',
    facet: 'resources',
    form: count,
    harmless: true,
    gap: leftOut('The weight of a pod follows from its CPU request.', 'Set cpuRequest.'),
  },
  storageOpt: {
    key: 'storage_opt',
    fact: 'storage options',
    facet: 'resources',
    form: map,
    harmless: true,
    gap: leftOut('A pod has no options for the storage of its node.', 'Set ephemeralStorage.'),
  },
  stdinOpen: {
    key: 'stdin_open',
    fact: 'standard input',
    facet: 'lifecycle',
    form: flag,
    isShownElsewhere: true,
    pod: { part: 'container', key: 'stdin', write: (value) => value, read: flag.read },
  },
  tty: {
    key: 'tty',
    fact: 'terminal',
    facet: 'lifecycle',
    form: flag,
    isShownElsewhere: true,
    pod: { part: 'container', key: 'tty', write: (value) => value, read: flag.read },
  },
  useApiSocket: {
    key: 'use_api_socket',
    fact: 'engine socket',
    facet: 'security',
    form: flag,
    since: () => '2.36',
    gap: refused('A pod has no container engine to ask.', 'Run the service outside the cluster.'),
  },
  logging: {
    key: 'logging',
    fact: 'logging',
    facet: 'lifecycle',
    form: logging,
    isShownElsewhere: true,
    gap: leftOut('The cluster keeps the logs and rotates them.', 'Collect them with a log agent of the cluster.'),
  },
  attach: {
    key: 'attach',
    fact: 'log of "up"',
    facet: 'lifecycle',
    form: flag,
    harmless: true,
    gap: leftOut('Nothing shows the logs of all pods at the start.', 'Nothing to do.'),
  },
  postStart: {
    key: 'post_start',
    fact: 'commands after the start',
    facet: 'lifecycle',
    form: hooks,
    since: () => '2.30',
    pod: hookField('postStart'),
    gap: hookGap,
  },
  preStop: {
    key: 'pre_stop',
    fact: 'commands before the stop',
    facet: 'lifecycle',
    form: hooks,
    since: () => '2.30',
    pod: hookField('preStop'),
    gap: hookGap,
  },
  hostname: {
    key: 'hostname',
    fact: 'host name',
    facet: 'identity',
    form: text,
    harmless: true,
    pod: {
      part: 'spec',
      key: 'hostname',
      write: (value) => (LABEL.test(value) ? value : undefined),
      read: (field) => (field === undefined ? undefined : text.read(field)),
    },
    gap: (value) => gapOf(
      LABEL.test(value) ? [] : [value],
      'left-out',
      (name) => `A pod cannot have the host name ${name}.`,
      'Use at most 63 lower-case letters, digits and dashes.',
    ),
  },
};

function leftOut(reason: string, remedy: string): (value: unknown) => Gap {
  return () => ({ verdict: 'left-out', reason, remedy });
}

function refused(reason: string, remedy: string): (value: unknown) => Gap {
  return () => ({ verdict: 'refused', reason, remedy });
}

/** A gap that concerns some parts of a value; none if there are no such parts. */
function gapOf(
  parts: readonly string[],
  verdict: Gap['verdict'],
  reason: (parts: string) => string,
  remedy: string,
): Gap | undefined {
  const listed = parts.map((part) => JSON.stringify(part)).join(', ');
  return parts.length === 0 ? undefined : { verdict, reason: reason(listed), remedy };
}

/** A pod has namespaces of its own. To be without one that is shared can break the program. */
function namespace(key: string, fact: string): ContainerSetting<string> {
  return {
    key,
    fact,
    facet: 'security',
    form: text,
    isShownElsewhere: true,
    gap: (value) => (['private', 'none', 'shareable'].includes(value)
      ? leftOut('The containers of a pod have namespaces of their own.', 'Nothing to do.')(value)
      : refused('A pod joins no namespace of the host or of another service.', 'Run both in one service.')(value)),
  };
}

/** A host name of a pod. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** A name of a cluster: `note` or `example.org/note`. */
function isQualified(name: string): boolean {
  return /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(name);
}

function pick(
  all: Readonly<Record<string, string>>,
  isWanted: (name: string) => boolean,
): Readonly<Record<string, string>> | undefined {
  const entries = Object.entries(all).filter(([name]) => isWanted(name));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

const OS = 'kubernetes.io/os';
const ARCHITECTURE = 'kubernetes.io/arch';

function nodeSelector(platform: string): Record<string, string> {
  const [os, architecture] = platform.split('/');
  return { ...architecture === undefined ? {} : { [ARCHITECTURE]: architecture }, [OS]: os };
}

function platformOf(selector: unknown): string | undefined {
  const { [OS]: os, [ARCHITECTURE]: architecture } = mapOf(selector);
  return os === undefined ? undefined : [os, architecture].filter((part) => part !== undefined).map(textOf).join('/');
}

/** The policy of a pod that comes nearest to one of an engine. */
export function imagePullPolicy(policy: string): string {
  switch (policy) {
    case 'never': return 'Never';
    case 'missing': case 'if_not_present': case 'build': return 'IfNotPresent';
    default: return 'Always';
  }
}

function safeSysctls(all: Readonly<Record<string, string>>): object[] | undefined {
  const safe = Object.entries(all).filter(([name]) => isSafeSysctl(name)).map(([name, value]) => ({ name, value }));
  return safe.length === 0 ? undefined : safe;
}

function sysctlsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(listOf(value).map(mapOf).map((one) => [textOf(one.name), textOf(one.value)]));
}

function isId(group: string): boolean {
  return /^\d{1,10}$/.test(group);
}

/** `ndots:2` as the field of a pod states it. */
function dnsOption(option: string): object {
  const cut = option.indexOf(':');
  return cut < 0 ? { name: option } : { name: option.slice(0, cut), value: option.slice(cut + 1) };
}

function dnsOptionsOf(field: unknown): string[] | undefined {
  const { options } = mapOf(field);
  return options === undefined ? undefined : listOf(options).map(mapOf).map(({ name, value }) => (
    value === undefined ? textOf(name) : `${textOf(name)}:${textOf(value)}`));
}

type Hooks = Required<ContainerPlan>['postStart'];

function hookField(name: 'postStart' | 'preStop'): PodField<Hooks> {
  return {
    part: 'container',
    key: 'lifecycle',
    write: (value) => (value.length === 1 ? { [name]: { exec: { command: value[0].command } } } : undefined),
    read: (value) => {
      const words = wordsOf(mapOf(mapOf(mapOf(value)[name]).exec).command);
      return words === undefined ? undefined : [{ command: listOf(words).map(textOf) }];
    },
  };
}

function hookGap(value: Hooks): Gap | undefined {
  if (value.length > 1) {
    return refused('A pod runs one command at that time.', 'Put the commands into one script of the image.')(value);
  }
  const own = value.some(({ command: _, ...others }) => Object.keys(others).length > 0);
  return own ? leftOut('A pod runs the command as the user of the service, in its folder.', 'Nothing to do.')(value)
    : undefined;
}

type AnySetting = ContainerSetting<unknown> & { readonly name: keyof ContainerPlan };

/** All settings, by name. */
export const ALL_SETTINGS: readonly AnySetting[] = Object.entries(CONTAINER_SETTINGS).map(([name, setting]) => ({
  ...setting as ContainerSetting<unknown>,
  name: name as keyof ContainerPlan,
}));

/** Returns the settings that a service states, with their values. */
export function statedSettings(container: ContainerPlan): { readonly setting: AnySetting; readonly value: unknown }[] {
  return ALL_SETTINGS.flatMap((setting) => {
    const value = container[setting.name];
    return value === undefined ? [] : [{ setting, value }];
  });
}

/** Reads the settings that a document states. An open standard input with a terminal is another fact. */
export function readSettings(read: (setting: AnySetting) => unknown): ContainerPlan {
  const found = ALL_SETTINGS.map((setting) => [setting.name, read(setting)] as const);
  const { stdinOpen, tty, ...others }: ContainerPlan = Object.fromEntries(
    found.filter(([, value]) => value !== undefined),
  );
  return stdinOpen === true && tty === true
    ? others
    : { ...others, ...stdinOpen === undefined ? {} : { stdinOpen }, ...tty === undefined ? {} : { tty } };
}

/** Reads the settings of a Compose service. */
export function readComposeSettings(service: Tree): ContainerPlan {
  const values: Tree = { ...service, scale: service.scale ?? mapOf(service.deploy).replicas };
  const settings = readSettings(({ key, form }) => (values[key] === undefined ? undefined : form.read(values[key])));
  if (!isRotation(settings.logging)) { return settings; }
  const { logging: _, ...others } = settings;
  return others;
}

/** Whether the log is only kept from filling the disk, which is a fact of its own. */
function isRotation({ driver, options = {} }: NonNullable<ContainerPlan['logging']> = {}): boolean {
  return driver === 'json-file' && Object.keys(options).sort().join() === 'max-file,max-size';
}

/** Keys of a part of a pod that settings are read from. */
export function podKeys(part: PodPart): string[] {
  return ALL_SETTINGS.flatMap(({ pod }) => (pod?.part === part ? [pod.key] : []));
}
