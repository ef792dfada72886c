import { KubeLinterCheck, namespaceOf, Workload, workloadCheck } from './manifests';
import { KubernetesObject, list, map } from '../../../parity/kubernetes-object';

const SENSITIVE_FOLDERS = ['/', '/boot', '/dev', '/etc', '/lib', '/proc', '/sys', '/usr'];
const UNSAFE_SYSCTLS = ['kernel.msg', 'kernel.sem', 'kernel.shm', 'fs.mqueue.', 'net.'];

/** What a pod shares with its host, and whom it runs as. */
export const POD_CHECKS: readonly KubeLinterCheck[] = [
  sharedCheck('host-ipc', 'hostIPC'),
  sharedCheck('host-network', 'hostNetwork'),
  sharedCheck('host-pid', 'hostPID'),
  workloadCheck('docker-sock', (workload) =>
    hostFolders(workload)
      .filter(({ path }) => path.endsWith('docker.sock'))
      .map(({ path }) => `mounts ${path} of its host`),
  ),
  workloadCheck('sensitive-host-mounts', (workload) =>
    hostFolders(workload)
      .filter(({ path }) => SENSITIVE_FOLDERS.includes(path))
      .map(({ path }) => `mounts ${path} of its host`),
  ),
  workloadCheck('writable-host-mount', (workload) =>
    hostFolders(workload)
      .filter(({ writable }) => writable)
      .map(({ path }) => `can write to ${path} of its host`),
  ),
  workloadCheck('unsafe-sysctls', ({ pod }) =>
    list(map(pod.securityContext).sysctls)
      .map((one) => String(map(one).name))
      .filter((name) => UNSAFE_SYSCTLS.some((unsafe) => name.startsWith(unsafe)))
      .map((name) => `sets ${name}`),
  ),
  workloadCheck('default-service-account', ({ pod }) =>
    [undefined, '', 'default'].includes((pod.serviceAccountName ?? pod.serviceAccount) as string | undefined)
      ? ['runs as the default account']
      : [],
  ),
  workloadCheck('deprecated-service-account-field', ({ pod }) =>
    pod.serviceAccount === undefined ? [] : ['names its account in serviceAccount'],
  ),
  workloadCheck('restart-policy', ({ pod }) =>
    ['Always', 'OnFailure'].includes(String(pod.restartPolicy))
      ? []
      : [`has the restart policy ${String(pod.restartPolicy)}`],
  ),
  {
    id: 'use-namespace',
    problems: (manifests) =>
      manifests.objects
        .filter(
          (object) =>
            isNamespaced(object) && [undefined, '', 'default'].includes(namespaceOf(object) as string | undefined),
        )
        .map((object) => ({ object, message: 'is in the default namespace' })),
  },
];

function sharedCheck(id: string, field: string): KubeLinterCheck {
  return workloadCheck(id, ({ pod }) => (pod[field] === true ? [`shares ${field} with its host`] : []));
}

function isNamespaced({ kind }: KubernetesObject): boolean {
  return ![
    'ClusterRole',
    'ClusterRoleBinding',
    'Kustomization',
    'Namespace',
    'PersistentVolume',
    'StorageClass',
  ].includes(String(kind));
}

function hostFolders({ pod, containers }: Workload): { readonly path: string; readonly writable: boolean }[] {
  const volumes = list(pod.volumes).map(map).filter(({ hostPath }) => hostPath !== undefined);
  return volumes.map(({ name, hostPath }) => ({
    path: String(map(hostPath).path),
    writable: containers.some((container) =>
      list(container.volumeMounts)
        .map(map)
        .some((mount) => mount.name === name && mount.readOnly !== true),
    ),
  }));
}
