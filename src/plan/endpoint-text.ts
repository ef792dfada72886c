import { kubernetesName } from './kubernetes-name';
import { EndpointPlan, Place, Plan } from './plan';
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
  const host = hostOf(plan, endpoint, place);
  if (host === undefined) {
    return undefined;
  }
  const scheme = endpoint.scheme === '' ? '' : `${endpoint.scheme}://`;
  return `${scheme}${host}:${endpoint.port}${endpoint.suffix}`;
}

function hostOf(plan: Pick<Plan, 'hostServices'>, endpoint: EndpointPlan, place: Place): string | undefined {
  const hostService = endpoint.to === 'service'
    ? undefined
    : plan.hostServices.find((candidate) => candidate.name === endpoint.name);
  if (place === 'workstation') {
    return endpoint.to === 'service' ? endpoint.name : hostService?.hostname;
  }
  const service = endpoint.to === 'service' ? endpoint.name : hostService?.clusterService;
  return service === undefined ? undefined : kubernetesName(service);
}

/** The address of a service or of a host service. */
export function resolveEndpoint(endpoint: Endpoint): EndpointPlan {
  const target = endpoint._target as Service | HostService;
  return {
    to: HostService.isHostService(target) ? 'host-service' : 'service',
    name: target.name,
    port: endpoint.port,
    scheme: endpoint.scheme,
    suffix: endpoint.suffix,
  };
}
