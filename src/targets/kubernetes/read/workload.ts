import { PodContext, readContainer } from './container';
import { KubernetesObject, modelName } from './objects';
import { kubernetesName } from '../../../plan/kubernetes-name';
import { Namespace, ServiceFacts } from '../../../plan/target-facts';
import { podKeys, PodPart, readSettings, SHARED_MEMORY } from '../../container-settings';
import { mebibytes } from '../../forms';
import { countOf } from '../../quantity';
import { listOf, mapOf, settingsOf, textOf, Tree } from '../../tree';

/** A pod, with the labels that network policies select it by. */
export interface Pod {
  /** Its main container, and what holds for the pod as a whole. */
  readonly service: ServiceFacts;
  readonly others: readonly ServiceFacts[];
  readonly labels: Tree;
}

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicaSet', 'Pod'];
const PROFILE_LABEL = 'toolbox-constructs/profile';
const DEPENDENCIES = 'toolbox-constructs/depends-on';

const POD_KEYS = {
  read: [
    'automountServiceAccountToken', 'containers', 'hostAliases', 'hostIPC', 'hostNetwork', 'hostPID',
    'initContainers', 'restartPolicy', 'securityContext', 'shareProcessNamespace', 'terminationGracePeriodSeconds',
    'volumes', ...podKeys('spec'),
  ],
  harmless: [
    'affinity', 'dnsPolicy', 'enableServiceLinks', 'nodeSelector', 'preemptionPolicy', 'priorityClassName',
    'schedulerName', 'serviceAccountName', 'tolerations', 'topologySpreadConstraints',
  ],
};

const SPEC_KEYS = {
  read: ['template', 'jobTemplate', 'selector', 'containers'],
  harmless: [
    'activeDeadlineSeconds', 'backoffLimit', 'completions', 'minReadySeconds', 'parallelism', 'podManagementPolicy',
    'progressDeadlineSeconds', 'replicas', 'revisionHistoryLimit', 'schedule', 'serviceName', 'strategy',
    'ttlSecondsAfterFinished', 'updateStrategy',
  ],
};

const SECURITY_KEYS = {
  read: ['runAsUser', 'runAsGroup', 'seccompProfile', ...podKeys('securityContext')],
  harmless: ['runAsNonRoot', 'fsGroup', 'fsGroupChangePolicy'],
};

export function isWorkload({ kind }: KubernetesObject): boolean {
  return KINDS.includes(kind);
}

/**
 * Reads an object that runs pods.
 *
 * @param referred what its volumes refer to.
 */
export function readWorkload(object: KubernetesObject, referred: Pick<PodContext, 'configMaps' | 'claims'>): Pod {
  const template = templateOf(object);
  const spec = mapOf(template.spec);
  const name = modelName(object);
  const containers = listOf(spec.containers).map(mapOf);
  const main = containers.find((container) => textOf(container.name) === kubernetesName(name)) ?? containers[0] ?? {};
  const context: PodContext = {
    securityContext: mapOf(spec.securityContext),
    volumes: new Map(listOf(spec.volumes).map(mapOf).map((volume) => [textOf(volume.name), volume])),
    ...referred,
  };
  const beside = (container: Tree, role: 'init' | 'sidecar'): ServiceFacts =>
    readContainer(context, `${name} container ${textOf(container.name)}`, container, role);
  return {
    service: withPod(readContainer(context, name, main), object, template, main),
    others: [
      ...listOf(spec.initContainers).map((container) => beside(mapOf(container), 'init')),
      ...containers.filter((one) => one !== main).map((container) => beside(container, 'sidecar')),
    ],
    labels: mapOf(mapOf(template.metadata).labels),
  };
}

function templateOf({ kind, tree }: KubernetesObject): Tree {
  const spec = mapOf(tree.spec);
  if (kind === 'Pod') { return tree; }
  return mapOf(kind === 'CronJob' ? mapOf(mapOf(spec.jobTemplate).spec).template : spec.template);
}

function readPodSettings(template: Tree, main: Tree): ServiceFacts['container'] {
  const spec = mapOf(template.spec);
  const parts: Readonly<Record<PodPart, Tree>> = {
    metadata: mapOf(template.metadata),
    spec,
    securityContext: mapOf(spec.securityContext),
    container: main,
  };
  return readSettings(({ pod }) => {
    const field = pod && parts[pod.part][pod.key];
    return field === undefined ? undefined : pod?.read(field);
  });
}

/** Adds what the pod and its workload say. */
function withPod(
  container: ServiceFacts,
  { kind, labels, tree }: KubernetesObject,
  template: Tree,
  main: Tree,
): ServiceFacts {
  const spec = mapOf(template.spec);
  const memory = listOf(spec.volumes).map(mapOf).find(({ name }) => name === SHARED_MEMORY.name);
  const scale = kind === 'Pod' ? undefined : mapOf(tree.spec).replicas as number | undefined;
  const profile = textOf(labels[PROFILE_LABEL]);
  return {
    ...container,
    security: { ...container.security, sharedNamespaces: namespacesOf(spec) },
    restart: restartOf(textOf(spec.restartPolicy)),
    profiles: profile === '' ? [] : [profile],
    dependencies: dependenciesOf(mapOf(mapOf(tree.metadata).annotations)[DEPENDENCIES]),
    init: spec.shareProcessNamespace === true,
    stopGraceSeconds: countOf(spec.terminationGracePeriodSeconds),
    hostNames: listOf(spec.hostAliases)
      .map(mapOf)
      .flatMap(({ hostnames, ip }) => listOf(hostnames).map((host) => `${textOf(host)}:${textOf(ip)}`)),
    mounts: container.mounts.filter(({ path }) => path !== SHARED_MEMORY.path || memory === undefined),
    container: {
      ...readPodSettings(template, main),
      ...scale === undefined || scale === 1 ? {} : { scale },
      ...memory === undefined ? {} : { shmSize: mebibytes.read(mapOf(memory.emptyDir).sizeLimit) },
    },
    pod: { workload: kind, mountsToken: spec.automountServiceAccountToken !== false },
    settings: [
      ...container.settings,
      ...settingsOf(spec, POD_KEYS),
      ...settingsOf(mapOf(spec.securityContext), SECURITY_KEYS, 'pod securityContext.'),
      ...(kind === 'Pod' ? [] : settingsOf(mapOf(tree.spec), SPEC_KEYS, 'spec.')),
    ],
  };
}

const HOST_NAMESPACES: readonly (readonly [key: string, namespace: Namespace])[] = [
  ['hostNetwork', 'network'],
  ['hostPID', 'processes'],
  ['hostIPC', 'shared memory'],
];

function namespacesOf(spec: Tree): ServiceFacts['security']['sharedNamespaces'] {
  return HOST_NAMESPACES
    .filter(([key]) => spec[key] !== undefined && spec[key] !== false)
    .map(([, namespace]) => ({ namespace, owner: 'host' }));
}

function restartOf(text: string): ServiceFacts['restart'] {
  switch (text) {
    case '': return undefined;
    case 'Always': return { policy: 'always', text };
    case 'OnFailure': return { policy: 'on-failure', text };
    case 'Never': return { policy: 'never', text };
    default: return { policy: 'unknown', text };
  }
}

/** Reads `mcp-gateway=healthy, models=completed`. */
function dependenciesOf(annotation: unknown): ServiceFacts['dependencies'] {
  const text = textOf(annotation);
  return text === '' ? [] : text.split(', ').map((pair) => {
    const [service, condition = ''] = pair.split('=');
    return { service, condition };
  });
}
