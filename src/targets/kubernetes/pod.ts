import { k8s } from 'cdk8s-plus-28';
import { ConfigFiles } from './config-files';
import { RenderContext, workloadKind } from './context';
import { environmentOf } from './environment';
import { expansionText } from './escape';
import { serviceLabels } from './metadata';
import { podMounts, PodMounts } from './mounts';
import { probesOf } from './probes';
import { initResources, resourcesOf } from './resources';
import { containerSecurityContext, podSecurityContext } from './security';
import { InitContainerBase, waitContainers } from './start-order';
import { ImagePlan, ServicePlan } from '../../plan/plan';

/** The pod of a service: one container, and one for each service it waits for. */
export function podTemplate(
  context: RenderContext,
  service: ServicePlan,
  files: ConfigFiles | undefined,
): k8s.PodTemplateSpec {
  const mounts = podMounts(context, service, files);
  const base: InitContainerBase = {
    image: imageReference(service.image),
    imagePullPolicy: service.image.origin === 'build' ? 'IfNotPresent' : 'Always',
    resources: resourcesOf(context, service),
    securityContext: containerSecurityContext(service),
  };
  const waits = waitContainers(context, service, { ...base, resources: initResources(base.resources) });
  return {
    metadata: { labels: serviceLabels(context.plan, service) },
    spec: {
      serviceAccountName: service.name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      shareProcessNamespace: service.init || undefined,
      restartPolicy: restartPolicy(service),
      terminationGracePeriodSeconds: service.stopGraceSeconds,
      securityContext: podSecurityContext(service),
      initContainers: orNothing(waits),
      containers: [container(context, service, base, mounts)],
      volumes: orNothing(mounts.volumes),
    },
  };
}

function container(
  context: RenderContext,
  service: ServicePlan,
  base: InitContainerBase,
  mounts: PodMounts,
): k8s.Container {
  const environment = environmentOf(context, service);
  return {
    name: service.name,
    ...base,
    stdin: service.terminal || undefined,
    tty: service.terminal || undefined,
    command: service.entrypoint?.map(expansionText),
    args: service.command?.map(expansionText),
    workingDir: service.workingDirectory,
    env: orNothing(environment),
    ports: orNothing(
      service.ports.map(({ name, port, protocol }) => ({
        name,
        containerPort: port,
        protocol: protocol.toUpperCase(),
      })),
    ),
    ...probesOf(context, service),
    volumeMounts: orNothing(mounts.volumeMounts),
  };
}

/** Empty lists say nothing, so they are not written. */
function orNothing<T>(items: readonly T[]): T[] | undefined {
  return items.length === 0 ? undefined : [...items];
}

/** Tag for people, digest for the cluster. */
export function imageReference({ repository, tag, digest }: ImagePlan): string {
  return [repository, tag === undefined ? '' : `:${tag}`, digest === undefined ? '' : `@${digest}`].join('');
}

function restartPolicy(service: ServicePlan): string {
  if (workloadKind(service) !== 'Job') {
    return 'Always';
  }
  return service.restart === 'never' ? 'Never' : 'OnFailure';
}
