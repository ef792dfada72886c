import { IConstruct } from 'constructs';
import { Lifecycle } from '../model/restart-policy';
import { DependencyCondition, Service } from '../model/service';
import { Toolbox } from '../model/toolbox';

type Dependency = Service['_dependencies'][number];

/**
 * Returns what services wait for because of `construct.node.addDependency(other)`: every service in the construct waits
 * for every service in the other one, as far as it can come.
 */
export function treeDependencies(toolbox: Toolbox): ReadonlyMap<Service, Dependency[]> {
  const found = new Map<Service, Map<Service, Dependency>>();
  for (const construct of toolbox.node.findAll()) {
    const dependencies = construct.node.dependencies;
    if (dependencies.length === 0) {
      continue;
    }
    const targets = dependencies.flatMap(servicesIn);
    for (const service of servicesIn(construct)) {
      const all = found.get(service) ?? new Map<Service, Dependency>();
      targets
        .filter((other) => other !== service)
        .forEach((other) => all.set(other, { service: other, condition: conditionFor(other) }));
      found.set(service, all);
    }
  }
  return new Map([...found].map(([service, all]) => [service, [...all.values()]]));
}

/** The services at or below a construct, without the helpers that a service has below itself. */
function servicesIn(construct: IConstruct): Service[] {
  return Service.isService(construct) ? [construct as Service] : construct.node.children.flatMap(servicesIn);
}

function conditionFor(service: Service): DependencyCondition {
  if (service.lifecycle === Lifecycle.ONE_SHOT) {
    return DependencyCondition.COMPLETED;
  }
  const { healthCheck: check } = service;
  return check === undefined || check._spec.kind === 'none'
    ? DependencyCondition.STARTED
    : DependencyCondition.HEALTHY;
}
