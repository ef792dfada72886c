import { sortedBy } from './collections';
import { DependencyPlan, HostServicePlan, ServicePlan } from './plan';

/**
 * Returns the services that a service waits for on a workstation: its own dependencies and the relays to the host
 * services that it talks to, so that starting it starts them too. Sorted by service.
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
