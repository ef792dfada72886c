import { endpointsOf } from '../plan/file-content';
import { ClientPlan, HostServicePlan, PinPlan, Plan, ServicePlan } from '../plan/plan';

/** Component ids of machine programs in inventories. */
export const COMPONENTS = {
  engine: 'docker-engine',
  desktop: 'docker-desktop',
  compose: 'docker-compose',
  ollama: 'ollama',
} as const;

export function pinOf({ pins }: Plan, component: string | undefined): PinPlan | undefined {
  return pins.find((pin) => pin.component === component);
}

/** Host services that are Ollama: pinned as such, or the model server of an agent. */
export interface OllamaFacts {
  readonly service: HostServicePlan;
  readonly pin: PinPlan | undefined;
  /** Models that agents use, sorted. */
  readonly models: readonly string[];
}

export function ollamasOf(plan: Plan): OllamaFacts[] {
  const agents = agentsOf(plan).map(({ client }) => client);
  return plan.hostServices.flatMap((service) => {
    const clients = agents.filter(({ server }) => server === service.name);
    if (clients.length === 0 && service.component !== COMPONENTS.ollama) {
      return [];
    }
    const models = [...new Set(clients.map(({ asks }) => asks))].sort();
    return [{ service, pin: pinOf(plan, service.component), models }];
  });
}

/** A service that asks a server for a model. */
export type AgentService = ServicePlan & { readonly client: ClientPlan };

export function agentsOf({ services }: Plan): AgentService[] {
  return services.filter((service): service is AgentService => service.client !== undefined);
}

/** Adds the default tag `latest` to a model name. */
export function fullName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).includes(':') ? name : `${name}:latest`;
}

/** Returns the services that run on a workstation. */
export function workstationServices({ services }: Plan): ServicePlan[] {
  return services.filter(({ places }) => places.includes('workstation'));
}

/**
 * Returns the names of required services: those without a profile, and those that they depend on or refer to. Others
 * belong to profiles that may never be started.
 */
export function neededServices(plan: Plan): ReadonlySet<string> {
  const services = workstationServices(plan);
  const needed = new Set(services.filter(({ profile }) => profile === undefined).map(({ name }) => name));
  // services added during the loop are visited too
  for (const name of needed) {
    const service = services.find((one) => one.name === name);
    const others =
      service === undefined
        ? []
        : [
          ...service.dependencies.map((dependency) => dependency.service),
          ...endpointsOf(service)
            .filter(({ to }) => to === 'service')
            .map((endpoint) => endpoint.name),
          ...plan.hostServices
            .filter((host) => service.hostServices.includes(host.name))
            .flatMap(({ relay }) => relay ?? []),
        ];
    others.forEach((other) => needed.add(other));
  }
  return needed;
}
