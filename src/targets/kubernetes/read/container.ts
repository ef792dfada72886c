import { readMounts } from './mounts';
import {
  HealthFacts,
  PortFact,
  Quantity,
  ResourceFacts,
  SecretFact,
  SecurityFacts,
  ServiceFacts,
  VariableFact,
  Words,
} from '../../../plan/target-facts';
import { podKeys } from '../../container-settings';
import { bytesOf, countOf, processorsOf } from '../../quantity';
import {
  capabilitiesOf,
  listOf,
  mapOf,
  misfitsOf,
  optionalText,
  settingsOf,
  textOf,
  Tree,
  wordsOf,
} from '../../tree';

/** Facts that a container inherits from its pod or refers to. */
export interface PodContext {
  readonly securityContext: Tree;
  /** By name. */
  readonly volumes: ReadonlyMap<string, Tree>;
  /** Content of every ConfigMap, by name. */
  readonly configMaps: ReadonlyMap<string, Tree>;
  /** Names of volumes in the model, by the name of their claim. */
  readonly claims: ReadonlyMap<string, string>;
}

const KEYS = {
  read: [
    'args', 'command', 'env', 'envFrom', 'image', 'name', 'ports', 'readinessProbe', 'resources', 'securityContext',
    'stdin', 'tty', 'volumeMounts', 'workingDir', ...podKeys('container'),
  ],
  harmless: ['imagePullPolicy', 'livenessProbe', 'startupProbe', 'terminationMessagePath', 'terminationMessagePolicy'],
};
const SECURITY_KEYS = {
  read: [
    'allowPrivilegeEscalation', 'capabilities', 'privileged', 'readOnlyRootFilesystem', 'runAsGroup', 'runAsUser',
    'seccompProfile',
  ],
  harmless: ['runAsNonRoot'],
};
const PROBE_KEYS = {
  read: ['exec', 'failureThreshold', 'httpGet', 'periodSeconds', 'tcpSocket', 'timeoutSeconds'],
  harmless: ['initialDelaySeconds', 'successThreshold', 'terminationGracePeriodSeconds', 'grpc'],
};
const RESOURCE_KEYS = { read: ['cpu', 'memory', 'ephemeral-storage', 'nvidia.com/gpu', 'amd.com/gpu'], harmless: [] };

/** Reads a container. What holds for its pod as a whole is left empty. */
export function readContainer(
  pod: PodContext,
  name: string,
  container: Tree,
  beside?: ServiceFacts['beside'],
): ServiceFacts {
  const { limits, requests } = mapOf(container.resources);
  const { mounts, settings } = readMounts(pod, container);
  return {
    name,
    beside,
    image: textOf(container.image),
    entrypoint: expanded(wordsOf(container.command)),
    command: expanded(wordsOf(container.args)),
    workingDirectory: optionalText(container.workingDir),
    ...readEnvironment(container),
    mounts,
    ports: listOf(container.ports).map(mapOf).map(readPort),
    healthCheck: readHealthCheck(mapOf(container.readinessProbe), mapOf(container.startupProbe)),
    security: readSecurity(mapOf(container.securityContext), pod.securityContext),
    limits: readResources(mapOf(limits)),
    requests: readResources(mapOf(requests)),
    accelerators: ['nvidia', 'amd'].flatMap((vendor) => {
      const count = optionalText(mapOf(limits)[`${vendor}.com/gpu`]);
      return count === undefined ? [] : [`${vendor} ${count}`];
    }),
    profiles: [],
    dependencies: [],
    stdin: container.stdin === true,
    tty: container.tty === true,
    init: false,
    attachments: [],
    hostNames: [],
    interpolations: readExpansions(container),
    container: {},
    settings: [
      ...settingsOf(container, KEYS),
      ...settings,
      ...settingsOf(mapOf(container.securityContext), SECURITY_KEYS, 'securityContext.'),
      ...settingsOf(mapOf(container.readinessProbe), PROBE_KEYS, 'readinessProbe.'),
      ...settingsOf(mapOf(container.resources), { read: ['limits', 'requests'], harmless: [] }, 'resources.'),
      ...settingsOf(mapOf(limits), RESOURCE_KEYS, 'limits.'),
      ...settingsOf(mapOf(requests), RESOURCE_KEYS, 'requests.'),
      ...misfitsOf(container, ['readinessProbe', 'resources', 'securityContext']),
    ],
  };
}

/** Reads `$$` as the kubelet does; what it would expand stays as it is. */
function expanded(words: Words | undefined): Words | undefined {
  return Array.isArray(words) ? (words as string[]).map(withoutEscapes) : words;
}

function withoutEscapes(text: string): string {
  return text.replaceAll('$$', () => '$');
}

/** References that the kubelet replaces: `$(NAME)` with an even number of dollars before it. */
const EXPANSION = /(?<!\$)((?:\$\$)*)\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)/;
const EXPANSIONS = new RegExp(EXPANSION, 'g');

/** The kubelet expands only variables that stand before. */
function noteSecret(secrets: Map<string, string>, name: unknown, valueFrom: unknown): void {
  const { secretKeyRef } = mapOf(valueFrom);
  if (secretKeyRef !== undefined) {
    secrets.set(textOf(name), textOf(mapOf(secretKeyRef).key));
  }
}

/** Reads a value as the kubelet does, apart from secrets: they stand there as `${KEY}`. */
function readValue(text: string, secrets: ReadonlyMap<string, string>): string {
  const parts: string[] = [];
  let end = 0;
  for (const { 0: match, 1: escapes, 2: name, index } of text.matchAll(EXPANSIONS)) {
    const key = secrets.get(name);
    if (key !== undefined) {
      parts.push(withoutEscapes(text.slice(end, index) + escapes), `\${${key}}`);
      end = index + match.length;
    }
  }
  return parts.join('') + withoutEscapes(text.slice(end));
}

/** Finds the places that the kubelet fills in from other variables. Secrets in values of variables are known. */
function readExpansions({ command, args, env, readinessProbe }: Tree): ServiceFacts['interpolations'] {
  const secrets = new Map<string, string>();
  const texts = [
    ...listOf(command).map((word, index) => ({ at: `command.${index}`, text: textOf(word) })),
    ...listOf(args).map((word, index) => ({ at: `args.${index}`, text: textOf(word) })),
    ...listOf(mapOf(mapOf(readinessProbe).exec).command)
      .map((word, index) => ({ at: `readinessProbe.${index}`, text: textOf(word) })),
    ...listOf(env).map(mapOf).map(({ name, value, valueFrom }) => {
      noteSecret(secrets, name, valueFrom);
      return {
        at: `env.${textOf(name)}`,
        text: textOf(value).replace(EXPANSIONS, (match, escapes: string, key: string) =>
          secrets.has(key) ? escapes : match,
        ),
      };
    }),
  ];
  return texts.filter(({ text }) => EXPANSION.test(text));
}

const REFERENCES: readonly (readonly [key: string, what: string])[] = [
  ['configMapKeyRef', 'ConfigMap'],
  ['fieldRef', 'the pod'],
  ['resourceFieldRef', 'the pod'],
];

function readEnvironment(container: Tree): { readonly environment: VariableFact[]; readonly secrets: SecretFact[] } {
  const environment: VariableFact[] = [];
  const secrets: SecretFact[] = [];
  const known = new Map<string, string>();
  for (const { name, value, valueFrom } of listOf(container.env).map(mapOf)) {
    const { secretKeyRef, ...others } = mapOf(valueFrom);
    noteSecret(known, name, valueFrom);
    if (secretKeyRef !== undefined) {
      const reference = mapOf(secretKeyRef);
      secrets.push({ name: textOf(name), store: `Secret ${textOf(reference.name)}`, key: textOf(reference.key) });
    } else if (valueFrom !== undefined) {
      const [key, what] = REFERENCES.find(([one]) => others[one] !== undefined) ?? ['', ''];
      environment.push({ name: textOf(name), source: `${what} ${textOf(others[key] ?? valueFrom)}`.trim() });
    } else {
      environment.push({ name: textOf(name), value: readValue(textOf(value), known) });
    }
  }
  for (const { secretRef, configMapRef, prefix } of listOf(container.envFrom).map(mapOf)) {
    const secret = textOf(mapOf(secretRef).name);
    if (secret === '') {
      environment.push({ name: `${textOf(prefix)}*`, source: `ConfigMap ${textOf(mapOf(configMapRef).name)}` });
    } else {
      const name = `every key of ${secret}`;
      secrets.push({ name, store: `Secret ${secret}`, key: name });
    }
  }
  return { environment, secrets };
}

function readPort({ containerPort, hostIP, hostPort, protocol }: Tree): PortFact {
  const port = `${textOf(containerPort)}/${textOf(protocol ?? 'TCP').toLowerCase()}`;
  if (hostPort === undefined) { return { port, exposure: 'inside' }; }
  return {
    port,
    exposure: textOf(hostIP).startsWith('127.') ? 'loopback' : 'every interface',
    hostPort: textOf(hostPort),
    address: `port ${textOf(hostPort)} of the node`,
  };
}

/** The start period is the time of the startup probe beyond that of the readiness probe. */
function readHealthCheck(readiness: Tree, startup: Tree): HealthFacts | undefined {
  const probe = probeOf(readiness);
  if (probe === undefined) { return undefined; }
  const timesOf = (check: Tree) => [countOf(check.periodSeconds), countOf(check.failureThreshold)] as const;
  const [interval, retries] = timesOf(readiness);
  const product = (times: readonly (Quantity | undefined)[]) =>
    times.reduce<number>((all, one) => all * Number(one), 1);
  const start = product(timesOf(startup)) - product([interval, retries]);
  return {
    probe,
    intervalSeconds: interval,
    timeoutSeconds: countOf(readiness.timeoutSeconds),
    retries,
    startPeriodSeconds: Number.isNaN(start) ? undefined : start,
  };
}

function probeOf({ exec, httpGet, tcpSocket }: Tree): HealthFacts['probe'] | undefined {
  const command = wordsOf(mapOf(exec).command);
  if (command !== undefined) { return { kind: 'command', command: expanded(command)! }; }
  const ask = httpGet ?? tcpSocket;
  return ask === undefined ? undefined : {
    kind: httpGet === undefined ? 'tcp' : 'http',
    text: textOf(ask),
    port: textOf(mapOf(ask).port),
    path: textOf(mapOf(ask).path),
  };
}

/** A container's own value counts before that of its pod. */
function readSecurity(own: Tree, pod: Tree): SecurityFacts {
  const { add, drop } = mapOf(own.capabilities);
  return {
    user: optionalText(own.runAsUser ?? pod.runAsUser),
    group: optionalText(own.runAsGroup ?? pod.runAsGroup),
    readOnlyRoot: own.readOnlyRootFilesystem === true,
    gainsPrivileges: own.allowPrivilegeEscalation !== false,
    privileged: own.privileged === false ? undefined : optionalText(own.privileged),
    addedCapabilities: capabilitiesOf(add),
    droppedCapabilities: capabilitiesOf(drop),
    options: [],
    systemCalls: textOf(mapOf(own.seccompProfile ?? pod.seccompProfile).type) || 'Unconfined',
    sharedNamespaces: [],
    devices: [],
  };
}

function readResources(values: Tree): ResourceFacts {
  return {
    processors: processorsOf(values.cpu),
    memoryBytes: bytesOf(values.memory),
    diskBytes: bytesOf(values['ephemeral-storage']),
  };
}
