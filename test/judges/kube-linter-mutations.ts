import { JsonPatch } from 'cdk8s';

/** A change by which clean manifests earn the finding of one check. */
export interface Mutation {
  readonly id: string;
  /** Kind and name of the object that is changed. */
  readonly object: string;
  readonly patches: readonly JsonPatch[];
}

const WEB = 'Deployment web';
const POD = '/spec/template/spec';
const CONTAINER = `${POD}/containers/0`;
const MOUNTED = [JsonPatch.add(`${CONTAINER}/volumeMounts/-`, { name: 'host', mountPath: '/host' })];

/** One for each check at least, and more where a check looks at several things. */
export const MUTATIONS: readonly Mutation[] = [
  container('drop-net-raw-capability', JsonPatch.remove(`${CONTAINER}/securityContext/capabilities`)),
  container(
    'drop-net-raw-capability',
    JsonPatch.replace(`${POD}/initContainers/0/securityContext/capabilities/drop`, ['CHOWN']),
  ),
  container('drop-net-raw-capability', JsonPatch.add(`${CONTAINER}/securityContext/capabilities/add`, ['NET_RAW'])),
  container('duplicate-env-var', JsonPatch.add(`${CONTAINER}/env/-`, { name: 'LOG_LEVEL', value: 'debug' })),
  container('env-var-secret', JsonPatch.add(`${CONTAINER}/env/-`, { name: 'My_Secret', value: 'known' })),
  container('latest-tag', JsonPatch.replace(`${CONTAINER}/image`, 'box/web:latest')),
  container('latest-tag', JsonPatch.replace(`${CONTAINER}/image`, 'box/web')),
  container('latest-tag', JsonPatch.replace(`${CONTAINER}/image`, 'registry.example:5000/box/web')),
  container('latest-tag', JsonPatch.replace(`${POD}/initContainers/0/image`, 'wait:latest')),
  container('no-read-only-root-fs', JsonPatch.remove(`${CONTAINER}/securityContext/readOnlyRootFilesystem`)),
  container(
    'privilege-escalation-container',
    JsonPatch.replace(`${CONTAINER}/securityContext/allowPrivilegeEscalation`, true),
  ),
  container(
    'privilege-escalation-container',
    JsonPatch.add(`${CONTAINER}/securityContext/capabilities/add`, ['SYS_ADMIN']),
  ),
  container('privileged-container', JsonPatch.replace(`${CONTAINER}/securityContext/privileged`, true)),
  container('run-as-non-root', JsonPatch.add(`${CONTAINER}/securityContext/runAsUser`, 0)),
  { id: 'run-as-non-root', object: 'Job once', patches: [JsonPatch.remove(`${POD}/securityContext`)] },
  container('unsafe-proc-mount', JsonPatch.add(`${CONTAINER}/securityContext/procMount`, 'Unmasked')),
  container('unset-cpu-requirements', JsonPatch.remove(`${CONTAINER}/resources/requests/cpu`)),
  container('unset-memory-requirements', JsonPatch.remove(`${CONTAINER}/resources/limits/memory`)),
  container(
    'read-secret-from-env-var',
    JsonPatch.add(`${CONTAINER}/env/-`, { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'box', key: 'TOKEN' } } }),
  ),
  container('read-secret-from-env-var', JsonPatch.add(`${CONTAINER}/envFrom`, [{ secretRef: { name: 'box' } }])),
  container('no-liveness-probe', JsonPatch.remove(`${CONTAINER}/livenessProbe`)),
  container('no-readiness-probe', JsonPatch.remove(`${CONTAINER}/readinessProbe`)),
  container('ssh-port', JsonPatch.add(`${CONTAINER}/ports/-`, { containerPort: 22 })),
  container('privileged-ports', JsonPatch.add(`${CONTAINER}/ports/-`, { containerPort: 443 })),
  container('liveness-port', JsonPatch.replace(`${CONTAINER}/livenessProbe/tcpSocket/port`, 8081)),
  container('readiness-port', JsonPatch.replace(`${CONTAINER}/readinessProbe/httpGet/port`, 'ready')),
  container('startup-port', JsonPatch.replace(`${CONTAINER}/startupProbe/httpGet/port`, 9)),
  container('invalid-target-ports', JsonPatch.add(`${CONTAINER}/ports/-`, { name: 'Not_A_Name', containerPort: 9000 })),
  {
    id: 'invalid-target-ports',
    object: 'Service web',
    patches: [JsonPatch.replace('/spec/ports/0/targetPort', '-http')],
  },
  {
    id: 'invalid-target-ports',
    object: 'Service web',
    patches: [JsonPatch.replace('/spec/ports/0/targetPort', 70000)],
  },
  { id: 'exposed-services', object: 'Service web', patches: [JsonPatch.replace('/spec/type', 'NodePort')] },
  { id: 'exposed-services', object: 'Service web', patches: [JsonPatch.replace('/spec/type', 'LoadBalancer')] },
  container('host-ipc', JsonPatch.add(`${POD}/hostIPC`, true)),
  container('host-network', JsonPatch.add(`${POD}/hostNetwork`, true)),
  container('host-pid', JsonPatch.add(`${POD}/hostPID`, true)),
  container(
    'docker-sock',
    JsonPatch.add(`${POD}/volumes/-`, { name: 'host', hostPath: { path: '/var/run/docker.sock' } }),
    ...MOUNTED,
  ),
  container(
    'sensitive-host-mounts',
    JsonPatch.add(`${POD}/volumes/-`, { name: 'host', hostPath: { path: '/etc' } }),
    ...MOUNTED,
  ),
  container(
    'writable-host-mount',
    JsonPatch.add(`${POD}/volumes/-`, { name: 'host', hostPath: { path: '/srv' } }),
    ...MOUNTED,
  ),
  container('unsafe-sysctls', JsonPatch.replace(`${POD}/securityContext/sysctls/0/name`, 'net.ipv4.ip_forward')),
  container('unsafe-sysctls', JsonPatch.replace(`${POD}/securityContext/sysctls/0/name`, 'kernel.shmmax')),
  container('default-service-account', JsonPatch.remove(`${POD}/serviceAccountName`)),
  container('default-service-account', JsonPatch.replace(`${POD}/serviceAccountName`, 'default')),
  container('deprecated-service-account-field', JsonPatch.add(`${POD}/serviceAccount`, 'web')),
  { id: 'restart-policy', object: 'Job once', patches: [JsonPatch.replace(`${POD}/restartPolicy`, 'Never')] },
  { id: 'use-namespace', object: 'Service web', patches: [JsonPatch.replace('/metadata/namespace', 'default')] },
  { id: 'use-namespace', object: 'Role web', patches: [JsonPatch.remove('/metadata/namespace')] },
  {
    id: 'job-ttl-seconds-after-finished',
    object: 'Job once',
    patches: [JsonPatch.remove('/spec/ttlSecondsAfterFinished')],
  },
  container('mismatching-selector', JsonPatch.replace('/spec/selector/matchLabels/app', 'shop')),
  container('no-anti-affinity', JsonPatch.remove(`${POD}/affinity`)),
  container('no-rolling-update-strategy', JsonPatch.replace('/spec/strategy/type', 'Recreate')),
  container('no-extensions-v1beta', JsonPatch.replace('/apiVersion', 'extensions/v1beta1')),
  {
    id: 'pdb-max-unavailable',
    object: 'PodDisruptionBudget web',
    patches: [JsonPatch.remove('/spec/minAvailable'), JsonPatch.add('/spec/maxUnavailable', 0)],
  },
  { id: 'pdb-min-available', object: 'PodDisruptionBudget web', patches: [JsonPatch.replace('/spec/minAvailable', 2)] },
  {
    id: 'pdb-min-available',
    object: 'PodDisruptionBudget web',
    patches: [JsonPatch.replace('/spec/minAvailable', '100%')],
  },
  {
    id: 'pdb-unhealthy-pod-eviction-policy',
    object: 'PodDisruptionBudget web',
    patches: [JsonPatch.remove('/spec/unhealthyPodEvictionPolicy')],
  },
  { id: 'dangling-service', object: 'Service web', patches: [JsonPatch.replace('/spec/selector/app', 'shop')] },
  {
    id: 'dangling-networkpolicy',
    object: 'NetworkPolicy web',
    patches: [JsonPatch.replace('/spec/podSelector/matchLabels/app', 'shop')],
  },
  {
    id: 'dangling-networkpolicy',
    object: 'NetworkPolicy web',
    patches: [JsonPatch.replace('/metadata/namespace', 'other')],
  },
  {
    id: 'non-isolated-pod',
    object: 'NetworkPolicy web',
    patches: [JsonPatch.replace('/spec/podSelector/matchLabels/app', 'shop')],
  },
  {
    id: 'non-existent-service-account',
    object: 'ServiceAccount web',
    patches: [JsonPatch.replace('/metadata/name', 'other')],
  },
  { id: 'wildcard-in-rules', object: 'Role web', patches: [JsonPatch.replace('/rules/0/verbs', ['*'])] },
];

function container(id: string, ...patches: readonly JsonPatch[]): Mutation {
  return { id, object: WEB, patches };
}
