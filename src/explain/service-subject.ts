import { imageComponents, named, subject, Subject, together } from './subject';
import { EndpointPlan, EnvironmentPlan, MountPlan, Plan, ServicePlan } from '../plan/plan';
import { Facet } from '../rules/facet';

/*
 * What belongs to a service, in the plan's words: each target finds out which mount or variable a place in its files
 * is, and asks here what that is about.
 */

export function ofService(service: ServicePlan, ...facets: readonly Facet[]): Subject {
  return subject([service.path], facets);
}

export function ofImage(service: ServicePlan): Subject {
  const build: readonly Facet[] = service.image.origin === 'build' ? ['build'] : [];
  return subject([service.path], ['image', ...build], { components: imageComponents(service) });
}

/** The mount at a path in the container. */
export function ofMount(plan: Plan, service: ServicePlan, at: unknown): Subject {
  const mount = service.mounts.find(({ path }) => path === at);
  return mount === undefined
    ? ofService(service, 'mount')
    : together(ofService(service, 'mount'), mounted(plan, service, mount));
}

function mounted(plan: Plan, service: ServicePlan, mount: MountPlan): Subject {
  switch (mount.kind) {
    case 'volume': return named(plan.volumes, mount.volume);
    case 'file': return ofFile(plan, service, mount.file.name);
    case 'scratch': return subject([], []);
  }
}

/** All generated configuration files of a service, one subject each. */
export function ofFiles(plan: Plan, service: ServicePlan): Subject[] {
  return service.mounts.flatMap((mount) => (mount.kind === 'file' ? [ofFile(plan, service, mount.file.name)] : []));
}

/** A generated configuration file, with what its content comes from. */
export function ofFile(plan: Plan, service: ServicePlan, name: string): Subject {
  const files = service.mounts.flatMap((mount) =>
    mount.kind === 'file' && mount.file.name === name ? [mount.file] : [],
  );
  const policies = plan.policies.filter((policy) => policy.service === service.name);
  return together(
    subject([...files.map(({ constructPath }) => constructPath), service.path], ['config'], {
      components: service.client === undefined ? [] : [service.client.component],
    }),
    subject(
      policies.map(({ path }) => path),
      policies.length === 0 ? [] : ['policy'],
    ),
    ...files.flatMap(({ content }) =>
      content.flatMap((piece) => (piece.kind === 'endpoint' ? [ofEndpoint(plan, piece.endpoint)] : [])),
    ),
  );
}

/** A variable. */
export function ofVariable(plan: Plan, service: ServicePlan, name: unknown): Subject {
  const variable = service.environment.find((one) => one.name === name);
  return together(
    ofService(service, 'environment'),
    variable === undefined ? subject([], []) : valueOf(plan, variable),
  );
}

function valueOf(plan: Plan, { value }: EnvironmentPlan): Subject {
  switch (value.kind) {
    case 'literal':
      return subject([], []);
    case 'endpoint':
      return ofEndpoint(plan, value.endpoint);
    case 'secret':
      return subject(
        plan.envFiles.flatMap(({ name, path }) => (name === value.envFile ? [`${path}/${value.key}`, path] : [])),
        ['secret'],
      );
  }
}

/** Env files that a service takes a secret from. */
export function ofEnvFiles(plan: Plan, service: ServicePlan): Subject {
  const names = service.environment.flatMap(({ value }) => (value.kind === 'secret' ? [value.envFile] : []));
  return together(
    ofService(service, 'secret'),
    subject(
      plan.envFiles.flatMap(({ name, path }) => (names.includes(name) ? [path] : [])),
      [],
    ),
  );
}

/** What is only named is judged elsewhere. */
function ofEndpoint(plan: Plan, { to, name }: EndpointPlan): Subject {
  const { constructs, components } = to === 'service' ? named(plan.services, name) : ofHostService(plan, name);
  return subject(constructs, [], { components });
}

export function ofHostService(plan: Plan, name: string): Subject {
  const hosts = plan.hostServices.filter((one) => one.name === name);
  return subject(
    hosts.map(({ path }) => path),
    ['host-service'],
    { components: hosts.flatMap(({ component }) => component ?? []) },
  );
}

/** What takes a network, from this service to others or back. */
export function ofReach(plan: Plan, from: string, to: string): Subject {
  const networks = plan.reaches
    .filter((reach) => reach.from === from && reach.to.kind !== 'internet' && reach.to.name === to)
    .map(({ network }) => network);
  return subject(plan.networks.flatMap(({ name, path }) => (networks.includes(name) ? [path] : [])), ['network']);
}
