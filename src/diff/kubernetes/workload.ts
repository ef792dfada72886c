import { sayContainer } from './container';
import { KubernetesObject, serviceOf } from './objects';
import { PodReading } from './pod-reading';
import { sayRestart } from '../command';
import { Reading } from '../reading';
import { sayRight } from '../security';
import { saySettings } from '../settings';
import { Subject } from '../subject';
import { listOf, mapOf, textOf, Tree } from '../tree';

/** A pod as network policies see it. */
export interface Pod {
  readonly subject: Subject;
  readonly labels: Tree;
}

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicaSet', 'Pod'];
const PART_LABEL = 'toolbox-constructs/profile';

const POD_KEYS = {
  read: [
    'containers',
    'initContainers',
    'volumes',
    'securityContext',
    'hostNetwork',
    'hostPID',
    'hostIPC',
    'automountServiceAccountToken',
    'restartPolicy',
  ],
  harmless: [
    'affinity',
    'dnsPolicy',
    'enableServiceLinks',
    'nodeSelector',
    'preemptionPolicy',
    'priorityClassName',
    'schedulerName',
    'serviceAccountName',
    'shareProcessNamespace',
    'terminationGracePeriodSeconds',
    'tolerations',
    'topologySpreadConstraints',
  ],
};

const SPEC_KEYS = {
  read: ['template', 'jobTemplate', 'selector', 'containers'],
  harmless: [
    'backoffLimit',
    'minReadySeconds',
    'podManagementPolicy',
    'progressDeadlineSeconds',
    'replicas',
    'revisionHistoryLimit',
    'schedule',
    'serviceName',
    'strategy',
    'ttlSecondsAfterFinished',
    'updateStrategy',
    'activeDeadlineSeconds',
    'completions',
    'parallelism',
  ],
};

export function isWorkload({ kind }: KubernetesObject): boolean {
  return KINDS.includes(kind);
}

/** An object that runs pods. */
export function readWorkload(reading: Reading, object: KubernetesObject, configMaps: ReadonlyMap<string, Tree>): Pod {
  const spec = mapOf(object.tree.spec);
  const template = templateOf(object);
  const podSpec = mapOf(template.spec);
  const containers = listOf(podSpec.containers).map(mapOf);
  const main = containers.find(({ name }) => textOf(name) === serviceOf(object)) ?? containers[0] ?? {};
  const subject = reading.subjects.get(serviceOf(object), {
    kind: 'service',
    summary: textOf(main.image),
    power: { level: 1 },
    opens: true,
  });
  const pod: PodReading = {
    reading,
    securityContext: mapOf(podSpec.securityContext),
    volumes: new Map(listOf(podSpec.volumes).map(mapOf).map((volume) => [textOf(volume.name), volume])),
    configMaps,
  };
  sayContainer(pod, subject, main);
  for (const container of [...listOf(podSpec.initContainers).map(mapOf), ...containers.filter((one) => one !== main)]) {
    const image = textOf(container.image);
    const other = reading.subjects.get(`${subject.name} container ${textOf(container.name)}`, {
      kind: 'container',
      summary: image,
      power: { level: 1 },
      opens: true,
    });
    sayContainer(pod, other, container);
  }
  sayPod(subject, podSpec, object);
  if (object.kind !== 'Pod') { saySettings(subject, spec, SPEC_KEYS, 'spec.'); }
  return { subject, labels: mapOf(mapOf(template.metadata).labels) };
}

function templateOf({ kind, tree }: KubernetesObject): Tree {
  const spec = mapOf(tree.spec);
  if (kind === 'Pod') { return tree; }
  return mapOf(kind === 'CronJob' ? mapOf(mapOf(spec.jobTemplate).spec).template : spec.template);
}

function sayPod(subject: Subject, spec: Tree, object: KubernetesObject): void {
  subject.say({ kind: 'workload', text: object.kind });
  if (spec.hostNetwork === true) { sayRight(subject, 'network-of', 'the host'); }
  if (spec.hostPID === true) { sayRight(subject, 'shares', 'host', 'processes'); }
  if (spec.hostIPC === true) { sayRight(subject, 'shares', 'host', 'shared memory'); }
  const hasToken = spec.automountServiceAccountToken !== false;
  subject.say({
    kind: 'cluster-token',
    text: hasToken ? 'mounted' : 'not mounted',
    power: { gives: hasToken ? ['token'] : [] },
  });
  sayRestart(subject, textOf(spec.restartPolicy));
  const part = textOf(object.labels[PART_LABEL]);
  if (part !== '') { subject.say({ kind: 'profile', text: part, power: { guard: true } }); }
  const { runAsUser: _user, runAsGroup: _group, seccompProfile: _profile, ...security } = mapOf(spec.securityContext);
  saySettings(
    subject,
    security,
    { read: [], harmless: ['runAsNonRoot', 'fsGroup', 'fsGroupChangePolicy'] },
    'pod securityContext.',
  );
  saySettings(subject, spec, POD_KEYS);
}
