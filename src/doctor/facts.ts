import { AgentPlan, HostServicePlan, PinPlan, Plan } from '../plan/plan';

/** Component ids by which inventories pin what a machine has, as those of this library's own toolbox do. */
export const COMPONENTS = { engine: 'docker-engine', desktop: 'docker-desktop', compose: 'docker-compose', ollama: 'ollama' } as const;

export function pinOf({ pins }: Plan, component: string | undefined): PinPlan | undefined {
  return pins.find((pin) => pin.component === component);
}

/** A server on the host that is an Ollama: pinned as one, or an agent's model server, which is always one. */
export interface OllamaFacts {
  readonly service: HostServicePlan;
  readonly pin: PinPlan | undefined;
  /** Models that agents ask it for; sorted. */
  readonly models: readonly string[];
}

export function ollamasOf(plan: Plan): OllamaFacts[] {
  const agents = agentsOf(plan);
  return plan.hostServices.flatMap((service) => {
    const clients = agents.filter(({ modelServer }) => modelServer === service.name);
    if (clients.length === 0 && service.component !== COMPONENTS.ollama) return [];
    const models = [...new Set(clients.map(({ model }) => model))].sort();
    return [{ service, pin: pinOf(plan, service.component), models }];
  });
}

export function agentsOf({ services }: Plan): AgentPlan[] {
  return services.flatMap(({ agent }) => agent ?? []);
}

/** Ollama takes a name without a tag for the tag `latest`. */
export function fullName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).includes(':') ? name : `${name}:latest`;
}
