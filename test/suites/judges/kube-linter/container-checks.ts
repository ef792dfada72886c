import { containerCheck, KubeLinterCheck, Workload, workloadCheck } from './manifests';
import { KubernetesObject, list, map, texts } from '../../../parity/kubernetes-object';

/** The checks of a single container. */
export const CONTAINER_CHECKS: readonly KubeLinterCheck[] = [
  containerCheck('drop-net-raw-capability', (container) => {
    const { drop, add } = map(security(container).capabilities);
    const dropped = texts(drop).some((name) => ['ALL', 'NET_RAW'].includes(name));
    return dropped && !texts(add).includes('NET_RAW') ? undefined : 'keeps NET_RAW';
  }),
  containerCheck('duplicate-env-var', (container) => {
    const names = variables(container).map(({ name }) => name);
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    return twice.length === 0 ? undefined : `sets ${twice.join(', ')} twice`;
  }),
  containerCheck('env-var-secret', (container) => {
    const exposed = variables(container).filter(
      ({ name, value }) => /secret/i.test(String(name)) && value !== undefined && value !== '',
    );
    return exposed.length === 0
      ? undefined
      : `has the value of ${exposed.map(({ name }) => name).join(', ')} in plain text`;
  }),
  containerCheck('latest-tag', ({ image }) => {
    const name = String(image);
    const last = name.slice(name.lastIndexOf('/') + 1);
    return !last.includes(':') || /:latest$/.test(last) ? `runs ${name}` : undefined;
  }),
  containerCheck('no-read-only-root-fs', (container) =>
    security(container).readOnlyRootFilesystem === true ? undefined : 'can write to its root file system',
  ),
  containerCheck('privilege-escalation-container', (container) => {
    const { allowPrivilegeEscalation, privileged, capabilities } = security(container);
    const gains =
      allowPrivilegeEscalation !== false || privileged === true || texts(map(capabilities).add).includes('SYS_ADMIN');
    return gains ? 'can gain privileges' : undefined;
  }),
  containerCheck('privileged-container', (container) =>
    security(container).privileged === true ? 'is privileged' : undefined,
  ),
  containerCheck('run-as-non-root', (container, { pod }) => {
    const { runAsNonRoot, runAsUser } = { ...map(pod.securityContext), ...security(container) };
    return runAsUser === 0 || (runAsNonRoot !== true && runAsUser === undefined) || runAsNonRoot === false
      ? 'may run as root'
      : undefined;
  }),
  containerCheck('unsafe-proc-mount', (container) =>
    [undefined, 'Default'].includes(security(container).procMount as string | undefined)
      ? undefined
      : 'sees more of /proc than others',
  ),
  containerCheck('unset-cpu-requirements', (container) =>
    map(map(container.resources).requests).cpu === undefined ? 'asks for no CPU' : undefined,
  ),
  containerCheck('unset-memory-requirements', (container) =>
    map(map(container.resources).limits).memory === undefined ? 'has no memory limit' : undefined,
  ),
  containerCheck('read-secret-from-env-var', (container) => {
    const named = variables(container)
      .filter(({ valueFrom }) => map(valueFrom).secretKeyRef !== undefined)
      .map(({ name }) => String(name));
    const whole = list(container.envFrom)
      .map((one) => map(one).secretRef)
      .filter((one) => one !== undefined)
      .map((one) => String(map(one).name));
    return named.length + whole.length === 0 ? undefined : `has ${[...named, ...whole].join(', ')} in its environment`;
  }),
  probeCheck('no-liveness-probe', 'livenessProbe'),
  probeCheck('no-readiness-probe', 'readinessProbe'),
];

function probeCheck(id: string, probe: string): KubeLinterCheck {
  return workloadCheck(id, ({ mainContainers }: Workload) =>
    mainContainers
      .filter((container) => container[probe] === undefined)
      .map(({ name }) => `container ${String(name)} has no ${probe}`),
  );
}

function security(container: KubernetesObject): KubernetesObject {
  return map(container.securityContext);
}

function variables(container: KubernetesObject): KubernetesObject[] {
  return list(container.env).map(map);
}
