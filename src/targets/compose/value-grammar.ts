import { DocumentProblem, wrongValue } from './document-problem';
import { isMap, listOf, mapOf, textOf, Tree } from '../tree';

/** A form of texts, and how to write one. */
type Grammar = readonly [form: RegExp, example: string];

const BOOLEAN: Grammar = [/^(?:true|false|y|yes|on|n|no|off)$/i, 'true or false'];
const INTEGER: Grammar = [/^-?\d+$/, 'a whole number'];
const NUMBER: Grammar = [/^\d+(?:\.\d+)?$/, 'a number, for example 1.5'];
const SIZE: Grammar = [/^\d+(?:\.\d+)? ?[kmgtp]?i?b?$/i, 'a size, for example "512m"'];
const DURATION: Grammar = [/^(?:0|(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+)$/, 'a duration, for example "1m30s"'];
const RESTART: Grammar = [
  /^(?:no|always|unless-stopped|on-failure(?::\d+)?)$/, '"no", "always", "unless-stopped" or "on-failure:5"',
];
const CONTAINER_NAME: Grammar = [/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/, 'letters, digits, dots and dashes'];
const PROJECT: Grammar = [/^[a-z0-9][a-z0-9_-]*$/, 'lower-case letters, digits and dashes'];
const HOST_ENTRY: Grammar = [/^[^:=]+[:=].+$/, 'a name and an address: "name:10.0.0.1"'];
const PORT = '\\d{1,5}(?:-\\d{1,5})?';
const EXPOSED: Grammar = [new RegExp(`^${PORT}(?:/(?:tcp|udp|sctp))?$`), 'a port: "8080" or "53/udp"'];
const PUBLISHED: Grammar = [
  new RegExp(`^(?:(?:\\[[0-9a-f:.%]+\\]|[0-9.]+):)?(?:(?:${PORT})?:)?${PORT}(?:/(?:tcp|udp|sctp))?$`, 'i'),
  '"127.0.0.1:8080:80"',
];
const ABSOLUTE: Grammar = [/^(?:\/|[A-Za-z]:[\\/]|\\\\)/, 'an absolute path'];
const BALANCED: Grammar = [/^(?:[^'"\\]|\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*")*$/, 'a command with both quotes'];
const COUNT: Grammar = [/^(?:all|\d+)$/, '"all" or a whole number'];
const SSH: Grammar = [/^(?:default|[^=]+=.+)$/, '"default" or "name=path"'];

/** Values below a service, by path; `*` stands for any step. */
const OF_SERVICE: readonly (readonly [paths: string, grammar: Grammar])[] = [
  ['privileged read_only init tty stdin_open oom_kill_disable use_api_socket healthcheck.disable', BOOLEAN],
  ['depends_on.*.required depends_on.*.restart volumes.*.read_only', BOOLEAN],
  ['pids_limit scale mem_swappiness oom_score_adj cpu_count deploy.replicas healthcheck.retries', INTEGER],
  ['ulimits.* ulimits.*.soft ulimits.*.hard deploy.resources.limits.pids', INTEGER],
  ['cpus cpu_percent deploy.resources.limits.cpus deploy.resources.reservations.cpus', NUMBER],
  ['mem_limit mem_reservation memswap_limit shm_size build.shm_size volumes.*.tmpfs.size', SIZE],
  ['deploy.resources.limits.memory deploy.resources.reservations.memory', SIZE],
  ['stop_grace_period healthcheck.interval healthcheck.timeout healthcheck.start_period', DURATION],
  ['healthcheck.start_interval deploy.restart_policy.delay deploy.restart_policy.window', DURATION],
  ['restart', RESTART],
  ['container_name', CONTAINER_NAME],
  ['extra_hosts.*', HOST_ENTRY],
  ['expose.*', EXPOSED],
  ['command entrypoint healthcheck.test', BALANCED],
  ['gpus.*.count deploy.resources.reservations.devices.*.count', COUNT],
  ['build.ssh.*', SSH],
  ['volumes.*.target', ABSOLUTE],
];

const OF_NETWORK: typeof OF_SERVICE = [['internal external attachable enable_ipv4 enable_ipv6', BOOLEAN]];
const OF_VOLUME: typeof OF_SERVICE = [['external', BOOLEAN]];

/** Finds values of a form that Compose or an engine refuses. */
export function wrongValues(file: Tree): DocumentProblem[] {
  const below = (list: string, grammars: typeof OF_SERVICE, more: (entry: Tree, at: string[]) => DocumentProblem[]) =>
    Object.entries(mapOf(file[list])).flatMap(([name, value]) => {
      const entry = mapOf(value);
      const found = grammars.flatMap(([paths, grammar]) => paths.split(' ').flatMap((path) => (
        valuesAt(entry, path.split('.'), [list, name]).flatMap((one) => misfit(one, grammar)))));
      return [...found, ...more(entry, [list, name])];
    });
  return [
    ...file.name === undefined ? [] : misfit({ at: ['name'], value: file.name }, PROJECT),
    ...below('services', OF_SERVICE, (service, at) => [
      ...portProblems(service, at), ...mountProblems(service, at), ...testProblems(service, at),
    ]),
    ...below('networks', OF_NETWORK, () => []),
    ...below('volumes', OF_VOLUME, () => []),
  ];
}

interface Located {
  readonly at: readonly string[];
  readonly value: unknown;
}

function valuesAt(value: unknown, [step, ...rest]: readonly string[], at: readonly string[]): Located[] {
  if (step === undefined) { return [{ at, value }]; }
  if (typeof value !== 'object' || value === null) { return []; }
  const entries = Object.entries(value).filter(([key]) => step === '*' || key === step);
  return entries.flatMap(([key, item]) => valuesAt(item, rest, [...at, key]));
}

/** Judges texts: a number, a list or a map has the type that the schema asks for. */
function misfit({ at, value }: Located, [form, example]: Grammar): DocumentProblem[] {
  return typeof value !== 'string' || form.test(value)
    ? []
    : [wrongValue(`${placeOf(at)} is ${JSON.stringify(value)}, which Compose refuses.`, `Write ${example}.`, at)];
}

function portProblems(service: Tree, at: readonly string[]): DocumentProblem[] {
  return listOf(service.ports).flatMap((port, index) => {
    const place = [...at, 'ports', String(index)];
    if (!isMap(port)) {
      const text = textOf(port);
      const ranges = text.replace(/^.*\]|^[0-9.]+:(?=.*:)/, '').match(/\d+(?:-\d+)?/g) ?? [];
      const [published, target = published] = ranges.map(lengthOf);
      return PUBLISHED[0].test(text) && ranges.every((range) => range.split('-').every(isPort)) && published === target
        ? []
        : misfit({ at: place, value: text }, [/$^/, PUBLISHED[1]]);
    }
    return isPort(textOf(port.target))
      ? []
      : [wrongValue(`${placeOf(place)} has no port of the container.`, 'Set "target" to a port.', place)];
  });
}

function lengthOf(range: string): number {
  const [first, last = first] = range.split('-').map(Number);
  return last - first;
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535;
}

function mountProblems(service: Tree, at: readonly string[]): DocumentProblem[] {
  return listOf(service.volumes).flatMap((mount, index) => {
    const place = [...at, 'volumes', String(index)];
    if (isMap(mount)) {
      return mount.type === 'bind' && textOf(mount.source) === ''
        ? [wrongValue(`${placeOf(place)} is a bind mount without "source".`, 'Set "source" to a path.', place)]
        : [];
    }
    const parts = textOf(mount).split(/:(?!\\)/);
    return parts.length > 3
      ? misfit({ at: place, value: textOf(mount) }, [/$^/, '"data:/data:ro"'])
      : misfit({ at: place, value: parts[1] ?? parts[0] }, ABSOLUTE);
  });
}

function testProblems({ healthcheck }: Tree, at: readonly string[]): DocumentProblem[] {
  const { test } = mapOf(healthcheck);
  const place = [...at, 'healthcheck', 'test'];
  return Array.isArray(test) && test.length > 0
    ? misfit({ at: place, value: test[0] }, [/^(?:NONE|CMD|CMD-SHELL)$/, '"CMD" before the words of a command'])
    : [];
}

/** A place in the words of a message. */
export function placeOf(at: readonly string[]): string {
  return `\`${at.join('.')}\``;
}
