import { readEnvironment, readInterpolations, withoutEscapes } from './environment';
import { readMounts } from './mounts';
import { readAttachments, readPorts } from './networks';
import {
  BuildFacts,
  HealthFacts,
  LoggingFacts,
  Namespace,
  ResourceFacts,
  SecurityFacts,
  ServiceFacts,
  SettingFact,
  Words,
} from '../../../plan/target-facts';
import { ALL_SETTINGS, readComposeSettings } from '../../container-settings';
import { bytesOf, countOf, processorsOf, secondsOf } from '../../quantity';
import {
  capabilitiesOf,
  entriesOf,
  isMap,
  listOf,
  mapOf,
  misfitsOf,
  optionalText,
  pairsOf,
  settingsOf,
  textOf,
  Tree,
  wordsOf,
} from '../../tree';

/** Contents of generated files by path, relative to the output folder. */
export type Files = ReadonlyMap<string, string>;

const KEYS = {
  read: [
    'build', 'cap_add', 'cap_drop', 'cgroup', 'command', 'configs', 'cpus', 'depends_on', 'deploy', 'devices',
    'entrypoint', 'env_file', 'environment', 'expose', 'extra_hosts', 'healthcheck', 'image', 'init', 'ipc', 'logging',
    'mem_limit', 'mem_reservation', 'memswap_limit', 'network_mode', 'networks', 'pid', 'pids_limit', 'ports',
    'privileged', 'profiles', 'pull_policy', 'read_only', 'restart', 'secrets', 'security_opt', 'stdin_open',
    'stop_grace_period', 'tmpfs', 'tty', 'user', 'userns_mode', 'uts', 'volumes', 'working_dir',
    ...ALL_SETTINGS.map(({ key }) => key),
  ],
  harmless: [
    'hostname', 'mem_swappiness',
  ],
};
const BUILD_KEYS = {
  read: ['args', 'context', 'dockerfile'],
  harmless: ['target', 'labels', 'tags', 'platforms', 'no_cache', 'pull'],
};
const HEALTH_KEYS = {
  read: ['disable', 'interval', 'retries', 'start_interval', 'start_period', 'test', 'timeout'],
  harmless: [],
};

/** Reads one entry of `services`. */
export function readService(name: string, raw: unknown, files: Files, secrets: Tree): ServiceFacts {
  const service = mapOf(withoutEscapes(raw));
  const { mounts, settings: mountSettings } = readMounts(service, files, secrets);
  const { attachments, settings: networkSettings } = readAttachments(service);
  const { ports, settings: portSettings } = readPorts(service);
  const { limits, requests, accelerators } = readResources(service);
  return {
    name,
    image: textOf(service.image),
    build: readBuild(service.build),
    pullPolicy: textOf(service.pull_policy) || undefined,
    entrypoint: wordsOf(service.entrypoint),
    command: wordsOf(service.command),
    workingDirectory: optionalText(service.working_dir),
    ...readEnvironment(mapOf(raw), files),
    mounts,
    ports,
    healthCheck: readHealthCheck(mapOf(service.healthcheck)),
    security: readSecurity(service),
    limits,
    requests,
    accelerators,
    restart: readRestart(textOf(service.restart)),
    profiles: listOf(service.profiles).map(textOf),
    dependencies: entriesOf(service.depends_on).map(([other, options]) => ({
      service: other,
      condition: conditionOf(textOf(mapOf(options).condition ?? 'service_started')),
    })),
    stdin: service.stdin_open === true,
    tty: service.tty === true,
    init: service.init === true,
    stopGraceSeconds: secondsOf(service.stop_grace_period),
    logging: readLogging(mapOf(service.logging)),
    attachments,
    hostNames: hostNamesOf(service.extra_hosts),
    interpolations: readInterpolations(raw),
    container: readComposeSettings(service),
    settings: [
      ...settingsOf(service, KEYS),
      ...settingsBelow(service),
      ...mountSettings,
      ...networkSettings,
      ...portSettings,
    ],
  };
}

function settingsBelow(service: Tree): SettingFact[] {
  const deploy = mapOf(service.deploy);
  const resources = mapOf(deploy.resources);
  const logging = mapOf(service.logging);
  const options = Object.fromEntries(pairsOf(logging.options));
  return [
    ...settingsOf(mapOf(service.build), BUILD_KEYS, 'build.'),
    ...settingsOf(mapOf(service.healthcheck), HEALTH_KEYS, 'healthcheck.'),
    ...settingsOf(deploy, { read: ['resources'], harmless: ['replicas', 'labels'] }, 'deploy.'),
    ...settingsOf(resources, { read: ['limits', 'reservations'], harmless: [] }, 'deploy.resources.'),
    ...settingsOf(
      mapOf(resources.limits),
      { read: ['cpus', 'memory', 'pids'], harmless: [] },
      'deploy.resources.limits.',
    ),
    ...settingsOf(
      mapOf(resources.reservations),
      { read: ['devices', 'memory', 'cpus'], harmless: [] },
      'deploy.resources.reservations.',
    ),
    ...settingsOf(logging, { read: ['driver', 'options'], harmless: [] }, 'logging.'),
    ...settingsOf(options, { read: ['max-size', 'max-file'], harmless: [] }, 'logging.options.')
      .map((setting) => ({ ...setting, harmless: true })),
    ...entriesOf(service.depends_on).flatMap(([other, value]) =>
      settingsOf(mapOf(value), { read: ['condition'], harmless: ['restart', 'required'] }, `depends_on.${other}.`),
    ),
    ...misfitsOf(service, ['deploy', 'healthcheck', 'logging']),
  ];
}

function readBuild(value: unknown): BuildFacts | undefined {
  if (value === undefined || value === null) { return undefined; }
  const build = isMap(value) ? value : { context: value };
  return {
    context: textOf(build.context),
    dockerfile: textOf(build.dockerfile ?? 'Dockerfile'),
    args: pairsOf(build.args).map(([name, text]) => ({ name, value: text ?? '' })),
  };
}

const NAMESPACES: readonly (readonly [key: string, namespace: Namespace])[] = [
  ['network_mode', 'network'],
  ['pid', 'processes'],
  ['ipc', 'shared memory'],
  ['uts', 'host name'],
  ['userns_mode', 'users'],
  ['cgroup', 'control groups'],
];

/** Values that share nothing: a namespace of its own, or none at all. */
const OWN = ['', 'none', 'private', 'shareable'];

function readSecurity(service: Tree): SecurityFacts {
  const [user, group] = service.user === undefined ? [] : textOf(service.user).split(':');
  const options = listOf(service.security_opt).map(textOf);
  const isStrict = (option: string) => /^no-new-privileges(?:[:=]true)?$/.test(option);
  return {
    user,
    group,
    readOnlyRoot: service.read_only === true,
    gainsPrivileges: !options.some(isStrict),
    privileged: service.privileged === false ? undefined : optionalText(service.privileged),
    addedCapabilities: capabilitiesOf(service.cap_add),
    droppedCapabilities: capabilitiesOf(service.cap_drop),
    options: options.filter((option) => !isStrict(option)),
    sharedNamespaces: NAMESPACES
      .map(([key, namespace]) => ({ namespace, owner: textOf(service[key]) }))
      .filter(({ owner }) => !OWN.includes(owner)),
    devices: listOf(service.devices).map(textOf),
  };
}

function readResources(
  service: Tree,
): { readonly limits: ResourceFacts; readonly requests: ResourceFacts; readonly accelerators: string[] } {
  const resources = mapOf(mapOf(service.deploy).resources);
  const [limits, reservations] = [mapOf(resources.limits), mapOf(resources.reservations)];
  return {
    limits: {
      processors: processorsOf(service.cpus ?? limits.cpus),
      memoryBytes: bytesOf(service.mem_limit ?? limits.memory),
      memoryAndSwapBytes: bytesOf(service.memswap_limit),
      processes: countOf(service.pids_limit ?? limits.pids),
    },
    requests: {
      processors: processorsOf(reservations.cpus),
      memoryBytes: bytesOf(service.mem_reservation ?? reservations.memory),
    },
    accelerators: listOf(reservations.devices)
      .map(mapOf)
      .map((device) => {
        const { capabilities: _gpu, count, device_ids: ids, driver, ...rest } = device;
        const which = ids === undefined ? textOf(count) : `devices ${listOf(ids).map(textOf).join(', ')}`;
        const more = Object.keys(rest).length === 0 ? '' : ` ${textOf(rest)}`;
        return `${textOf(driver)} ${which}${more}`.trim();
      }),
  };
}

function readHealthCheck(check: Tree): HealthFacts | undefined {
  const test = wordsOf(check.test);
  if (check.disable === true || test === 'NONE' || test?.[0] === 'NONE') {
    return { probe: { kind: 'none' } };
  }
  return test === undefined ? undefined : {
    probe: { kind: 'command', command: commandOf(test) },
    intervalSeconds: secondsOf(check.interval),
    timeoutSeconds: secondsOf(check.timeout),
    retries: countOf(check.retries),
    startPeriodSeconds: secondsOf(check.start_period),
    startIntervalSeconds: secondsOf(check.start_interval),
  };
}

/** Returns the exec form of a test: `CMD` and words, or `CMD-SHELL` and a command line, which may also be alone. */
function commandOf(test: Words): Words {
  if (typeof test === 'string') { return ['/bin/sh', '-c', test]; }
  const [form, ...words] = test;
  return form === 'CMD-SHELL' ? ['/bin/sh', '-c', words.join(' ')] : form === 'CMD' ? words : test;
}

const CONDITIONS: Readonly<Record<string, string>> = {
  service_started: 'started',
  service_healthy: 'healthy',
  service_completed_successfully: 'completed',
};

function conditionOf(text: string): string {
  return Object.hasOwn(CONDITIONS, text) ? CONDITIONS[text] : text;
}

function readRestart(text: string): ServiceFacts['restart'] {
  if (text === '') { return undefined; }
  if (text === 'no') { return { policy: 'never', text }; }
  if (/^on-failure(?::|$)/.test(text)) { return { policy: 'on-failure', text }; }
  return { policy: text === 'always' || text === 'unless-stopped' ? 'always' : 'unknown', text };
}

function readLogging({ driver, options }: Tree): LoggingFacts | undefined {
  const values = new Map(pairsOf(options));
  return driver === undefined && values.size === 0
    ? undefined
    : { driver: textOf(driver), maxBytes: bytesOf(values.get('max-size')), maxFiles: values.get('max-file') };
}

/** A list of `NAME:ADDRESS` or `NAME=ADDRESS`, or a map of addresses by name. */
function hostNamesOf(value: unknown): string[] {
  return isMap(value)
    ? Object.entries(value).flatMap(([name, addresses]) => listOf(addresses).map((one) => `${name}:${textOf(one)}`))
    : listOf(value).map(textOf).map((text) => (text.includes(':') ? text : text.replace('=', ':')));
}
