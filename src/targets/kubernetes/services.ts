import * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
import { aliasesOf, RenderContext } from './context';
import { selectorLabels } from './metadata';
import { withEnding } from './names';
import { kubernetesName } from '../../plan/kubernetes-name';
import { ServicePlan } from '../../plan/plan';
import { from } from '../origin';
import { ofService } from '../service-origins';

/** The Service that a StatefulSet must name; no service of the plan has this name. */
export function governingServiceName({ owners }: RenderContext, service: ServicePlan): string {
  let name = withEnding(kubernetesName(service.name), 'pods');
  while (owners.has(name)) {
    name = withEnding(name, 'pods');
  }
  return name;
}

/** Only for the pods' names: no address of its own, no ports. */
export function governingServiceProps(
  { plan }: RenderContext,
  service: ServicePlan,
  metadata: k8s.ObjectMeta,
): k8s.KubeServiceProps {
  return from(() => ofService(service, 'port'), {
    metadata,
    spec: { type: 'ClusterIP', clusterIp: 'None', selector: selectorLabels(plan, service.name) },
  });
}

/**
 * Returns the aliases by which other services know this one, sorted: each becomes a Service. A name with a dot cannot
 * be one, and a name that another Service has stays with that.
 */
export function clusterAliases({ owners }: RenderContext, service: ServicePlan): string[] {
  const own = kubernetesName(service.name);
  return service.ports.length === 0
    ? []
    : aliasesOf(service)
      .filter((alias) => alias !== own && kubernetesName(alias) === alias && owners.get(alias) === service);
}

/** The address by which other services know this one; never reachable from outside the cluster. */
export function clusterServiceProps(
  { plan }: RenderContext,
  service: ServicePlan,
  metadata: k8s.ObjectMeta,
): k8s.KubeServiceProps {
  const ports = service.ports.map(({ name, port, protocol }) => ({
    name,
    port,
    targetPort: k8s.IntOrString.fromString(name),
    protocol: protocol.toUpperCase(),
  }));
  return from(() => ofService(service, 'port'), {
    metadata,
    spec: { type: 'ClusterIP', selector: selectorLabels(plan, service.name), ports },
  });
}
