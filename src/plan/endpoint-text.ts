import { IConstruct } from 'constructs';
import { kubernetesName } from './kubernetes-name';
import { EndpointPlan, HostPlan, Place, Plan } from './plan';
import { Endpoint } from '../model/endpoint';
import { HostService } from '../model/host-service';
import { Service } from '../model/service';

/**
 * Returns an endpoint as a program in a container writes it, `http://web:8080/api`.
 *
 * @returns undefined when the place has nothing behind the endpoint: a host service in a cluster that no service
 *   stands in for.
 */
export function endpointText(
  plan: Pick<Plan, 'hostServices'>,
  endpoint: EndpointPlan,
  place: Place,
): string | undefined {
  const host = hostText(plan, endpoint, place);
  if (host === undefined) {
    return undefined;
  }
  const scheme = endpoint.scheme === '' ? '' : `${endpoint.scheme}://`;
  return `${scheme}${host}:${endpoint.port}${endpoint.suffix}`;
}

/** Returns the name by which containers reach a service or a host service; undefined if nothing is behind it. */
export function hostText(
  plan: Pick<Plan, 'hostServices'>,
  { to, name }: HostPlan,
  place: Place,
): string | undefined {
  const hostService = to === 'service' ? undefined : plan.hostServices.find((candidate) => candidate.name === name);
  if (place === 'workstation') {
    return to === 'service' ? name : hostService?.hostname;
  }
  const service = to === 'service' ? name : hostService?.clusterService;
  return service === undefined ? undefined : kubernetesName(service);
}

/** The address of a service or of a host service. */
export function resolveEndpoint(endpoint: Endpoint): EndpointPlan {
  return {
    ...resolveHost(endpoint._target),
    port: endpoint.port,
    scheme: endpoint.scheme,
    suffix: endpoint.suffix,
  };
}

/** The name of a service or of a host service. */
export function resolveHost(target: IConstruct): HostPlan {
  return {
    to: HostService.isHostService(target) ? 'host-service' : 'service',
    name: (target as Service | HostService).name,
  };
}
