import { sayVolumeMounts } from './mounts';
import { PodReading } from './pod-reading';
import { sayCommand } from '../command';
import { sayBorrowed, saySecret, sayVariable } from '../environment';
import { sayImage } from '../image';
import { sayLimit, sayRequest } from '../limits';
import { sayPort } from '../reaching';
import { sayCapabilities, sayEscalation, sayRight, sayRootFilesystem, sayUser } from '../security';
import { saySettings } from '../settings';
import { Subject } from '../subject';
import { commandText, listOf, mapOf, textOf, Tree } from '../tree';
import { memoryText, processorText } from '../units';

const KEYS = {
  read: [
    'name',
    'image',
    'command',
    'args',
    'env',
    'envFrom',
    'ports',
    'resources',
    'readinessProbe',
    'securityContext',
    'volumeMounts',
  ],
  harmless: [
    'imagePullPolicy',
    'livenessProbe',
    'startupProbe',
    'stdin',
    'terminationMessagePath',
    'terminationMessagePolicy',
    'tty',
    'workingDir',
  ],
};

/** A container of a pod. */
export function sayContainer(pod: PodReading, subject: Subject, container: Tree): void {
  sayImage(subject, textOf(container.image));
  sayCommand(subject, unexpanded(container.command), unexpanded(container.args));
  saySecurity(subject, mapOf(container.securityContext), pod.securityContext);
  for (const variable of listOf(container.env).map(mapOf)) { sayEnvironment(subject, variable); }
  for (const source of listOf(container.envFrom).map(mapOf)) { sayEverything(subject, source); }
  for (const port of listOf(container.ports).map(mapOf)) { sayContainerPort(subject, port); }
  sayResources(subject, mapOf(container.resources));
  const { exec, httpGet, tcpSocket, ...times } = mapOf(container.readinessProbe);
  const probe = exec === undefined ? httpGet ?? tcpSocket : mapOf(exec).command;
  if (probe !== undefined) { subject.say({ kind: 'health-check', text: commandText(probe), hidden: textOf(times) }); }
  sayVolumeMounts(pod, subject, container);
  saySettings(subject, container, KEYS);
}

/** `$$(NAME)` stands for `$(NAME)` itself. */
function unexpanded(words: unknown): unknown {
  return Array.isArray(words) ? words.map((word) => textOf(word).replaceAll('$$', '$')) : words;
}

const SECURITY_KEYS = {
  read: [
    'runAsUser',
    'runAsGroup',
    'readOnlyRootFilesystem',
    'allowPrivilegeEscalation',
    'capabilities',
    'privileged',
    'seccompProfile',
  ],
  harmless: ['runAsNonRoot'],
};

/** What a container says counts; what it does not say its pod does. */
function saySecurity(subject: Subject, own: Tree, pod: Tree): void {
  const id = (key: string) => (own[key] ?? pod[key] ?? undefined) as unknown;
  const idText = (key: string) => (id(key) === undefined ? undefined : textOf(id(key)));
  sayUser(subject, idText('runAsUser'), idText('runAsGroup'));
  sayRootFilesystem(subject, own.readOnlyRootFilesystem === true);
  sayEscalation(subject, own.allowPrivilegeEscalation !== false);
  const { add, drop } = mapOf(own.capabilities);
  sayCapabilities(subject, listOf(add).map(textOf), listOf(drop).map(textOf));
  if (own.privileged !== undefined && own.privileged !== false) {
    sayRight(subject, 'privileged', textOf(own.privileged));
  }
  const profile = textOf(mapOf(id('seccompProfile')).type);
  const isGuarded = profile === 'RuntimeDefault' || profile === 'Localhost';
  subject.say({
    kind: 'system-calls',
    text: profile === '' ? 'Unconfined' : profile,
    power: { gives: isGuarded ? [] : ['all'] },
  });
  saySettings(subject, own, SECURITY_KEYS, 'securityContext.');
}

const REFERENCES: readonly (readonly [key: string, what: string])[] = [
  ['configMapKeyRef', 'ConfigMap'],
  ['fieldRef', 'the pod'],
  ['resourceFieldRef', 'the pod'],
];

function sayEnvironment(subject: Subject, { name, value, valueFrom }: Tree): void {
  const { secretKeyRef, ...others } = mapOf(valueFrom);
  if (secretKeyRef !== undefined) {
    const { name: secret, key } = mapOf(secretKeyRef);
    const renamed = textOf(key) === textOf(name) ? '' : ` ${textOf(key)}`;
    saySecret(subject, textOf(name), `Secret ${textOf(secret)}${renamed}`);
    return;
  }
  const [reference] = REFERENCES.filter(([key]) => others[key] !== undefined);
  if (reference !== undefined || valueFrom !== undefined) {
    sayBorrowed(
      subject,
      textOf(name),
      `${reference?.[1] ?? ''} ${textOf(others[reference?.[0] ?? ''] ?? valueFrom)}`.trim(),
    );
  } else {
    sayVariable(subject, textOf(name), textOf(value).replaceAll('$$(', '$('));
  }
}

function sayEverything(subject: Subject, { secretRef, configMapRef, prefix }: Tree): void {
  const secret = textOf(mapOf(secretRef).name);
  const source = secret === '' ? `ConfigMap ${textOf(mapOf(configMapRef).name)}` : `Secret ${secret}`;
  if (secret === '') {
    sayBorrowed(subject, `${textOf(prefix)}*`, source);
  } else {
    saySecret(subject, `every key of ${secret}`, source);
  }
}

function sayContainerPort(subject: Subject, port: Tree): void {
  const name = `${textOf(port.containerPort)}/${textOf(port.protocol ?? 'TCP').toLowerCase()}`;
  if (port.hostPort === undefined) {
    sayPort(subject, name, 'inside');
  } else {
    const address = textOf(port.hostIP ?? '');
    sayPort(
      subject,
      name,
      address.startsWith('127.') ? 'loopback' : 'every interface',
      `port ${textOf(port.hostPort)} of the node`,
    );
  }
}

function sayResources(subject: Subject, resources: Tree): void {
  const limits = mapOf(resources.limits);
  const requests = mapOf(resources.requests);
  sayLimit(subject, 'processors', limits.cpu, processorText);
  sayLimit(subject, 'memory', limits.memory, memoryText);
  sayLimit(subject, 'disk', limits['ephemeral-storage'], memoryText);
  sayRequest(subject, 'processors', requests.cpu, processorText);
  sayRequest(subject, 'memory', requests.memory, memoryText);
  if (limits['nvidia.com/gpu'] !== undefined) {
    sayRight(subject, 'accelerator', `nvidia ${textOf(limits['nvidia.com/gpu'])}`);
  }
  const read = ['cpu', 'memory', 'ephemeral-storage', 'nvidia.com/gpu'];
  saySettings(subject, limits, { read, harmless: [] }, 'limits.');
  saySettings(subject, requests, { read, harmless: [] }, 'requests.');
}
