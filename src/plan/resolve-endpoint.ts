import { EndpointPlan } from './plan';
import { Endpoint } from '../model/endpoint';
import { HostService } from '../model/host-service';
import { Service } from '../model/service';

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
