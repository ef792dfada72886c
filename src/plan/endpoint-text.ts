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
  if (endpoint.to === 'service') {
    return endpoint.name;
  }
  const hostService = plan.hostServices.find((candidate) => candidate.name === endpoint.name);
  return place === 'workstation' ? hostService?.hostname : hostService?.clusterService;
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
