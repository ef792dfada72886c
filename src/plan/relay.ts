import { sortedBy } from './order';
import { DependencyPlan, HostServicePlan, ServicePlan } from './plan';

/**
 * What a service waits for on a workstation: beside its own dependencies the relays to host services that it talks to,
 * so that whoever starts it brings them along. Sorted by service.
 */
export function allDependencies(hostServices: readonly HostServicePlan[], service: ServicePlan): DependencyPlan[] {
  const declared = new Set(service.dependencies.map((one) => one.service));
  const relays = hostServices
    .filter(({ name }) => service.hostServices.includes(name))
    .flatMap(({ relay }) => relay ?? []);
  const more = [...new Set(relays)].filter((relay) => relay !== service.name && !declared.has(relay));
  return sortedBy(
    [...service.dependencies, ...more.map((relay): DependencyPlan => ({ service: relay, condition: 'healthy' }))],
    (one) => one.service,
  );
}
