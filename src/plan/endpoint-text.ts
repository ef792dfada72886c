import { EndpointPlan, Place, Plan } from './plan';

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
