import { isIP } from 'node:net';
import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { podFields } from './container-settings';
import { RenderContext, workloadKind } from './context';
import { environmentOf, envFromOf } from './environment';
import { expansionText } from './escape';
import { Labels, networkLabels, serviceLabels } from './metadata';
import { ConfigMaps, podMounts, PodMounts } from './mounts';
import { probesOf } from './probes';
import { initResources, resourcesOf } from './resources';
import { containerSecurityContext, podSecurityContext } from './security';
import { ContainerBase, waitContainers } from './start-order';
import { groupBy, orNothing } from '../../plan/collections';
import { imageReference } from '../../plan/image-reference';
import { kubernetesName } from '../../plan/kubernetes-name';
import { ServicePlan } from '../../plan/plan';
import { imagePullPolicy } from '../container-settings';
import { from, merge } from '../origin';
import { ofImage, ofService } from '../service-origins';

/** The pod of a service: one container, and one for each service it waits for. */
export function podTemplate(
  context: RenderContext,
  service: ServicePlan,
  files: ConfigMaps,
): k8s.PodTemplateSpec {
  const mounts = podMounts(context, service, files);
  const resources = resourcesOf(context, service);
  const waits = waitContainers(context, service, containerBase(service, initResources(resources)));
  const container = containerOf(context, service, containerBase(service, resources), mounts);
  return {
    metadata: merge<k8s.ObjectMeta>(
      { labels: podLabels(context, service) },
      podFields(service, 'metadata'),
    ),
    spec: merge<k8s.PodSpec>(
      from(() => ofService(service, 'security'), {
        serviceAccountName: kubernetesName(service.name),
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: merge<k8s.PodSecurityContext>(
          podSecurityContext(context, service),
          podFields(service, 'securityContext'),
        ),
      }),
      from(() => ofService(service, 'network'), { hostAliases: orNothing(hostAliases(service)) }),
      podFields(service, 'spec'),
      from(() => ofService(service, 'lifecycle'), {
        shareProcessNamespace: service.init || undefined,
        restartPolicy: restartPolicy(service),
        terminationGracePeriodSeconds: service.stopGraceSeconds,
      }),
      from(() => ofService(service, 'dependency'), { initContainers: orNothing(waits) }),
      from(() => ofService(service, 'mount'), { volumes: orNothing(mounts.volumes) }),
      { containers: [container] },
    ),
  };
}

/** A cluster has no host, so only fixed addresses are kept. */
function hostAliases({ extraHosts = [] }: ServicePlan): k8s.HostAlias[] {
  const fixed = extraHosts.filter(({ address }) => isIP(address) !== 0);
  return [...groupBy(fixed, ({ address }) => address)]
    .map(([ip, hosts]) => ({ ip, hostnames: hosts.map(({ name }) => name) }));
}

function podLabels({ plan, peerNetworks }: RenderContext, service: ServicePlan): Labels {
  const networks = peerNetworks.filter(({ members }) => members.has(service.name)).map(({ name }) => name);
  return merge(serviceLabels(plan, service), networkLabels(plan, networks));
}

function containerBase(service: ServicePlan, resources: k8s.ResourceRequirements | undefined): ContainerBase {
  return merge<ContainerBase>(
    from(() => ofImage(service), {
      image: imageReference(service.image),
      imagePullPolicy: imagePullPolicy(
        service.container?.pullPolicy ?? (service.image.origin === 'build' ? 'build' : 'always'),
      ),
    }),
    from(() => ofService(service, 'resources'), { resources }),
    from(() => ofService(service, 'security'), { securityContext: containerSecurityContext(service) }),
  );
}

function containerOf(
  context: RenderContext,
  service: ServicePlan,
  base: ContainerBase,
  mounts: PodMounts,
): k8s.Container {
  const ports = service.ports.map(({ name, port, protocol }) => ({
    name,
    containerPort: port,
    protocol: protocol.toUpperCase(),
  }));
  return merge<k8s.Container>(
    { name: kubernetesName(service.name) },
    base,
    from(() => ofService(service, 'lifecycle'), {
      stdin: service.terminal || undefined,
      tty: service.terminal || undefined,
    }),
    from(() => ofService(service, 'command'), {
      command: service.entrypoint?.map(expansionText),
      args: service.command?.map(expansionText),
      workingDir: service.workingDirectory,
    }),
    from(() => ofService(service, 'environment'), {
      env: orNothing(environmentOf(context, service)),
      envFrom: orNothing(envFromOf(context, service)),
    }),
    from(() => ofService(service, 'port'), { ports: orNothing(ports) }),
    from(() => ofService(service, 'health'), probesOf(context, service)),
    from(() => ofService(service, 'mount'), { volumeMounts: orNothing(mounts.volumeMounts) }),
    podFields(service, 'container'),
  );
}

function restartPolicy(service: ServicePlan): string {
  if (workloadKind(service) !== 'Job') {
    return 'Always';
  }
  return service.restart === 'never' ? 'Never' : 'OnFailure';
}
