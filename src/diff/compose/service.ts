import { sayEnvironment } from './environment';
import { plain, sayInterpolations } from './interpolation';
import { sayMounts } from './mounts';
import { sayAttachments } from './networks';
import { sayPorts } from './ports';
import { sayCommand, sayRestart } from '../command';
import { sayImage } from '../image';
import { sayLimit, sayRequest } from '../limits';
import { Member } from '../members';
import { Reading } from '../reading';
import { sayCapabilities, sayEscalation, sayRight, sayRootFilesystem, sayUser } from '../security';
import { saySettings } from '../settings';
import { Subject, THERE } from '../subject';
import { commandText, entriesOf, isMap, listOf, mapOf, textOf, Tree } from '../tree';
import { memoryText, processorText } from '../units';

const KEYS = {
  read: [
    'image',
    'pull_policy',
    'build',
    'user',
    'read_only',
    'cap_add',
    'cap_drop',
    'security_opt',
    'privileged',
    'pid',
    'ipc',
    'uts',
    'userns_mode',
    'cgroup',
    'devices',
    'network_mode',
    'networks',
    'ports',
    'expose',
    'extra_hosts',
    'volumes',
    'tmpfs',
    'configs',
    'environment',
    'env_file',
    'secrets',
    'command',
    'entrypoint',
    'restart',
    'healthcheck',
    'profiles',
    'depends_on',
    'cpus',
    'mem_limit',
    'mem_reservation',
    'pids_limit',
    'deploy',
  ],
  harmless: [
    'annotations',
    'attach',
    'container_name',
    'domainname',
    'hostname',
    'init',
    'labels',
    'logging',
    'mem_swappiness',
    'memswap_limit',
    'oom_score_adj',
    'platform',
    'scale',
    'shm_size',
    'stdin_open',
    'stop_grace_period',
    'stop_signal',
    'storage_opt',
    'tty',
    'ulimits',
    'working_dir',
  ],
};

/** One entry of `services`. */
export function readService(reading: Reading, name: string, raw: unknown): Member {
  const service = mapOf(plain(raw));
  const image = textOf(service.image);
  const subject = reading.subjects.get(name, { kind: 'service', summary: image, power: { level: 1 }, opens: true });
  sayImage(subject, image);
  sayBuild(subject, service);
  sayCommand(subject, service.entrypoint, service.command);
  saySecurity(subject, service);
  saySharing(subject, service);
  sayMounts(reading, subject, service);
  sayEnvironment(reading, subject, service);
  sayLimits(subject, service);
  sayRunning(subject, service);
  sayInterpolations(subject, raw);
  saySettings(subject, service, KEYS);
  return { subject, networks: sayAttachments(subject, service), ports: sayPorts(subject, service) };
}

/** `never` keeps Compose from asking a registry for the name of an image that is built here. */
function sayBuild(subject: Subject, service: Tree): void {
  const pull = textOf(service.pull_policy);
  if (pull !== '') { subject.say({ kind: 'pull-policy', text: pull, power: { guard: pull === 'never' } }); }
  const build = isMap(service.build) ? service.build : { context: service.build };
  for (const [name, value] of Object.entries(mapOf(build.args))) {
    subject.say({ kind: 'build-argument', item: name, text: textOf(value) });
  }
  saySettings(
    subject,
    build,
    {
      read: ['args'],
      harmless: ['context', 'dockerfile', 'target', 'labels', 'tags', 'platforms', 'no_cache', 'pull'],
    },
    'build.',
  );
}

function saySecurity(subject: Subject, service: Tree): void {
  const [user, group] = service.user === undefined ? [] : textOf(service.user).split(':');
  sayUser(subject, user, group);
  sayRootFilesystem(subject, service.read_only === true);
  const options = listOf(service.security_opt).map(textOf);
  const isStrict = (option: string) => /^no-new-privileges(?:[:=]true)?$/.test(option);
  sayEscalation(subject, !options.some(isStrict));
  for (const option of options.filter((one) => !isStrict(one))) {
    sayRight(subject, 'security-option', option, option.split(/[:=]/)[0]);
  }
  sayCapabilities(subject, listOf(service.cap_add).map(textOf), listOf(service.cap_drop).map(textOf));
  if (service.privileged !== undefined && service.privileged !== false) {
    sayRight(subject, 'privileged', textOf(service.privileged));
  }
}

const SHARED: Readonly<Record<string, string>> = {
  pid: 'processes', ipc: 'shared memory', uts: 'host name', userns_mode: 'users', cgroup: 'control groups',
};

/** What a container shares with the host or another container. */
function saySharing(subject: Subject, service: Tree): void {
  for (const [key, what] of Object.entries(SHARED)) {
    const value = textOf(service[key]);
    if (value !== '' && value !== 'private' && value !== 'none') { sayRight(subject, 'shares', value, what); }
  }
  for (const device of listOf(service.devices).map(textOf)) {
    subject.say({ kind: 'device', item: device, text: THERE, power: { level: 1 } });
  }
  for (const host of listOf(service.extra_hosts).map(textOf)) {
    subject.say({ kind: 'host-name', item: host, text: THERE });
  }
}

function sayLimits(subject: Subject, service: Tree): void {
  const deploy = mapOf(service.deploy);
  const resources = mapOf(deploy.resources);
  const [limits, reservations] = [mapOf(resources.limits), mapOf(resources.reservations)];
  sayLimit(subject, 'processors', service.cpus ?? limits.cpus, processorText);
  sayLimit(subject, 'memory', service.mem_limit ?? limits.memory, memoryText);
  sayLimit(subject, 'processes', service.pids_limit ?? limits.pids);
  sayRequest(subject, 'memory', service.mem_reservation ?? reservations.memory, memoryText);
  for (const device of listOf(reservations.devices).map(mapOf)) {
    sayRight(subject, 'accelerator', `${textOf(device.driver)} ${textOf(device.count)}`);
  }
  saySettings(subject, deploy, { read: ['resources'], harmless: ['replicas', 'labels'] }, 'deploy.');
  saySettings(
    subject,
    reservations,
    { read: ['devices', 'memory'], harmless: ['cpus'] },
    'deploy.resources.reservations.',
  );
}

function sayRunning(subject: Subject, service: Tree): void {
  sayRestart(subject, textOf(service.restart));
  const { test, ...times } = mapOf(service.healthcheck);
  if (test !== undefined) {
    subject.say({ kind: 'health-check', text: commandText(test).replace(/^CMD /, ''), hidden: textOf(times) });
  }
  const parts = listOf(service.profiles).map(textOf);
  if (parts.length > 0) { subject.say({ kind: 'profile', text: parts.join(', '), power: { guard: true } }); }
  for (const [other, condition] of entriesOf(service.depends_on)) {
    subject.say({ kind: 'waits-for', item: other, text: textOf(mapOf(condition).condition ?? 'service_started') });
  }
}
