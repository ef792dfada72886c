import { posix } from 'node:path';
import { load, loadAll } from 'js-yaml';
import { Facts, HealthFact, MountFact, ServiceFacts } from './facts';
import { KubernetesObject, list, map, number, text, texts } from './kubernetes-object';
import { allowedReaches } from './kubernetes-reaches';
import { OutputFile } from '../../src/plan/output-file';

const WORKLOADS = ['Deployment', 'StatefulSet', 'Job'];

/**
 * What manifests really say, read as a cluster would: YAML in, facts out, and nothing of the renderer in between.
 *
 * @throws when a reference leads nowhere: a claim, a ConfigMap, an account or a selector without its object.
 */
export function kubernetesFacts(files: readonly OutputFile[]): Facts {
  const objects = readObjects(files);
  const workloads = objects.filter((object) => WORKLOADS.includes(text(object.kind)));
  return {
    services: Object.fromEntries(workloads.map((workload) => [nameOf(workload), serviceFacts(workload, objects)])),
    reaches: allowedReaches(
      objects,
      workloads.map((workload) => ({ name: nameOf(workload), template: map(map(workload.spec).template) })),
    ),
  };
}

/** The objects that the kustomization names, in its order. */
export function readObjects(files: readonly OutputFile[]): KubernetesObject[] {
  const content = new Map(files.map((file) => [file.path, file.content]));
  const folder = posix.dirname(files.find(({ path }) => path.endsWith('/kustomization.yaml'))?.path ?? '');
  const kustomization = map(load(content.get(`${folder}/kustomization.yaml`) ?? ''));
  return texts(kustomization.resources).flatMap((path) => {
    const found = content.get(`${folder}/${path}`);
    if (found === undefined) {
      throw new Error(`kustomization.yaml names ${path}, which is not there`);
    }
    return loadAll(found).map(map);
  });
}

function serviceFacts(workload: KubernetesObject, objects: readonly KubernetesObject[]): ServiceFacts {
  const template = map(map(workload.spec).template);
  const pod = map(template.spec);
  const container = map(list(pod.containers)[0]);
  const security = map(container.securityContext);
  const environment = list(container.env).map(map);
  const mounts = mountFacts(pod, container, objects);
  return {
    image: text(container.image),
    lifecycle: workload.kind === 'Job' ? 'one-shot' : 'long-running',
    profile: map(map(workload.metadata).labels)['toolbox-constructs/profile'] as string | undefined,
    entrypoint: expandedList(container.command),
    command: expandedList(container.args),
    workingDirectory: container.workingDir as string | undefined,
    environment: Object.fromEntries(
      environment.filter((one) => 'value' in one).map((one) => [text(one.name), expanded(text(one.value))]),
    ),
    secrets: Object.fromEntries(
      environment.filter((one) => 'valueFrom' in one).map((one) => [text(one.name), secretOf(one)]),
    ),
    mounts,
    executableScratch: Object.keys(mounts)
      .filter((path) => mounts[path].kind === 'scratch')
      .sort(),
    ports: list(container.ports)
      .map(map)
      .map((port) => `${number(port.containerPort)}/${text(port.protocol).toLowerCase()}`)
      .sort(),
    portExposure: {},
    aliases: [],
    healthCheck: healthFact(container),
    dependencies: dependenciesOf(workload, pod),
    ...resourceFacts(map(container.resources)),
    terminal: container.stdin === true && container.tty === true,
    user: userOf(map(pod.securityContext)),
    readOnlyRoot: security.readOnlyRootFilesystem === true,
    capabilities: capabilitiesOf(security),
    init: pod.shareProcessNamespace === true,
    restart: restartOf(text(pod.restartPolicy)),
    stopGraceSeconds: number(pod.terminationGracePeriodSeconds),
  };
}

/** What the kubelet makes of a text: `$$` is `$`; what it would expand is a fault here. */
function expanded(value: string): string {
  const found = /(?<!\$)(?:\$\$)*\$\([A-Za-z_][A-Za-z0-9_]*\)/.exec(value);
  if (found) {
    throw new Error(`the kubelet would expand ${found[0]}`);
  }
  return value.replaceAll('$$', () => '$');
}

function expandedList(value: unknown): string[] | undefined {
  return value === undefined ? undefined : texts(value).map(expanded);
}

function secretOf(variable: KubernetesObject): string {
  const reference = map(map(variable.valueFrom).secretKeyRef);
  return `${text(reference.name)}/${text(reference.key)}`;
}

function mountFacts(
  pod: KubernetesObject,
  container: KubernetesObject,
  objects: readonly KubernetesObject[],
): Record<string, MountFact> {
  const volumes = new Map(
    list(pod.volumes)
      .map(map)
      .map((volume) => [volume.name, volume]),
  );
  return Object.fromEntries(
    list(container.volumeMounts)
      .map(map)
      .map((mount) => {
        const volume = volumes.get(mount.name);
        if (volume === undefined) {
          throw new Error(`no volume ${text(mount.name)}`);
        }
        return [text(mount.mountPath), mountFact(mount, volume, objects)];
      }),
  );
}

function mountFact(mount: KubernetesObject, volume: KubernetesObject, objects: readonly KubernetesObject[]): MountFact {
  const readOnly = mount.readOnly === true;
  if ('persistentVolumeClaim' in volume) {
    const claim = find(objects, 'PersistentVolumeClaim', text(map(volume.persistentVolumeClaim).claimName));
    return { kind: 'volume', volume: nameOf(claim), readOnly };
  }
  if ('configMap' in volume) {
    const data = map(find(objects, 'ConfigMap', text(map(volume.configMap).name)).data);
    return { kind: 'file', content: text(data[text(mount.subPath)]), readOnly };
  }
  return { kind: 'scratch', megabytes: mebibytes(map(volume.emptyDir).sizeLimit) ?? 0 };
}

function healthFact(container: KubernetesObject): HealthFact | undefined {
  if (container.readinessProbe === undefined) {
    return undefined;
  }
  const readiness = map(container.readinessProbe);
  const startup = map(container.startupProbe);
  const interval = number(readiness.periodSeconds);
  const retries = number(readiness.failureThreshold);
  return {
    probe: probeFact(readiness),
    intervalSeconds: interval,
    timeoutSeconds: number(readiness.timeoutSeconds),
    retries,
    startPeriodSeconds: number(startup.periodSeconds) * number(startup.failureThreshold) - interval * retries,
  };
}

function probeFact(probe: KubernetesObject): HealthFact['probe'] {
  if ('exec' in probe) {
    return { kind: 'command', command: texts(map(probe.exec).command) };
  }
  if ('tcpSocket' in probe) {
    return { kind: 'tcp', port: number(map(probe.tcpSocket).port) };
  }
  const get = map(probe.httpGet);
  return { kind: 'http', port: number(get.port), path: text(get.path) };
}

/** The annotation tells the order; an init container may only wait for what it names. */
function dependenciesOf(workload: KubernetesObject, pod: KubernetesObject): ServiceFacts['dependencies'] {
  const annotation = map(map(workload.metadata).annotations)['toolbox-constructs/depends-on'] as string | undefined;
  const pairs =
    annotation === undefined
      ? []
      : annotation.split(', ').map((pair) => pair.split('=') as [string, 'started' | 'healthy' | 'completed']);
  const found = Object.fromEntries(pairs);
  for (const container of list(pod.initContainers).map(map)) {
    // every way to wait ends in a service and its port
    const awaited = texts(container.command).at(-2) ?? '';
    if (found[awaited] !== 'healthy') {
      throw new Error(`an init container waits for ${awaited}, which is no dependency`);
    }
  }
  return found;
}

type ResourceFacts = Pick<
  ServiceFacts,
  | 'cpuMillis'
  | 'cpuRequestMillis'
  | 'memoryMegabytes'
  | 'memoryRequestMegabytes'
  | 'ephemeralStorageMegabytes'
  | 'accelerator'
>;

function resourceFacts(resources: KubernetesObject): ResourceFacts {
  const limits = map(resources.limits);
  const requests = map(resources.requests);
  const accelerators = limits['nvidia.com/gpu'];
  if (accelerators !== requests['nvidia.com/gpu'] || limits['ephemeral-storage'] !== requests['ephemeral-storage']) {
    throw new Error('requests and limits differ where they must not');
  }
  return {
    cpuMillis: millis(limits.cpu),
    cpuRequestMillis: millis(requests.cpu),
    memoryMegabytes: mebibytes(limits.memory),
    memoryRequestMegabytes: mebibytes(requests.memory),
    ephemeralStorageMegabytes: mebibytes(limits['ephemeral-storage']),
    accelerator: accelerators === undefined ? undefined : `nvidia ${text(accelerators)}`,
  };
}

function millis(quantity: unknown): number | undefined {
  return quantity === undefined ? undefined : Number(/^(\d+)m$/.exec(text(quantity))?.[1]);
}

function mebibytes(quantity: unknown): number | undefined {
  return quantity === undefined ? undefined : Number(/^(\d+)Mi$/.exec(text(quantity))?.[1]);
}

function userOf(security: KubernetesObject): string {
  const uid = number(security.runAsUser);
  if (security.runAsNonRoot !== (uid !== 0)) {
    throw new Error(`runAsNonRoot does not fit the user ${uid}`);
  }
  return `${uid}:${number(security.runAsGroup)}`;
}

function capabilitiesOf(security: KubernetesObject): string[] {
  const capabilities = map(security.capabilities);
  if (!texts(capabilities.drop).includes('ALL')) {
    throw new Error('capabilities are not dropped');
  }
  return texts(capabilities.add).sort();
}

function restartOf(policy: string): ServiceFacts['restart'] {
  return policy === 'Always' ? 'always' : policy === 'OnFailure' ? 'on-failure' : 'never';
}

function nameOf(object: KubernetesObject): string {
  const metadata = map(object.metadata);
  return text(map(metadata.labels)['app.kubernetes.io/name'] ?? metadata.name);
}

function find(objects: readonly KubernetesObject[], kind: string, name: string): KubernetesObject {
  const found = objects.find((object) => object.kind === kind && map(object.metadata).name === name);
  if (found === undefined) {
    throw new Error(`no ${kind} ${name}`);
  }
  return found;
}
