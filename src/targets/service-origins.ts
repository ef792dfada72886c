import { origin, Origin, together } from './origin';
import { endpointsOf } from '../plan/file-content';
import {
  EnvironmentPlan, FilePlan, HostPlan, MountPlan, Plan, ServicePlan, ValuePartPlan,
} from '../plan/plan';
import { componentsOf } from '../plan/service-plan';
import { Facet } from '../plan/target-output';
import { partsOf } from '../plan/value-parts';
import { Step } from '../util/yaml-text';

/*
 * Origins of the facts of a service, in the plan's words: every target states the same facts, each in its own format.
 */

/** Returns the origin of what is about the toolbox as a whole. */
export function ofToolbox({ name }: Pick<Plan, 'name'>, ...facets: readonly Facet[]): Origin {
  return origin([name], facets);
}

/** Returns the origin of facts of a service that name nothing else. */
export function ofService({ path }: Pick<ServicePlan, 'path'>, ...facets: readonly Facet[]): Origin {
  return origin([path], facets);
}

/** Returns the origin of an image: the service, and the pins that the image is or is built from. */
export function ofImage(service: ServicePlan): Origin {
  const facets: readonly Facet[] = service.image.origin === 'build' ? ['image', 'build'] : ['image'];
  return origin([service.path], facets, { components: componentsOf(service) });
}

/** Returns the origin of the construct of a name; of nothing if the plan has none. */
export function ofNamed(
  list: readonly { readonly name: string; readonly path: string }[],
  name: Step | undefined,
  ...facets: readonly Facet[]
): Origin {
  return origin(list.flatMap((one) => (one.name === name ? [one.path] : [])), facets);
}

/** Returns the origin of a fact of a service that names another construct. */
export function ofReference(service: ServicePlan, facet: Facet, ...others: readonly Origin[]): Origin {
  return together(ofService(service, facet), ...others);
}

/** Returns the origin of what an override states, with the origin of what it replaces. */
export function ofOverride(construct: string, at: string, reason: string, replaced?: Origin): Origin {
  return together(
    replaced ?? origin([construct], []),
    origin([], ['override'], { overrides: [{ construct, at, reason }] }),
  );
}

/** Returns the origin of a mount: the service, and what is mounted. */
export function ofMount(plan: Plan, service: ServicePlan, mount: MountPlan | undefined): Origin {
  switch (mount?.kind) {
    case 'volume': return ofReference(service, 'mount', ofNamed(plan.volumes, mount.volume));
    case 'file': return ofReference(service, 'mount', ofFile(plan, service, mount.file));
    case 'secret': return ofReference(service, 'secret', mount.secret.kind === 'key'
      ? ofSecret(plan, mount.secret)
      : ofNamed(plan.secretFiles ?? [], mount.secret.name));
    case 'directory': return ofReference(service, 'mount', origin([mount.directory.constructPath], ['config']));
    default: return ofService(service, 'mount');
  }
}

/** Returns the origin of a generated configuration file, with what its content comes from. */
export function ofFile(plan: Plan, service: ServicePlan, file: FilePlan): Origin {
  const policies = plan.policies.filter((policy) => policy.service === service.name).map(({ path }) => path);
  const endpoints = endpointsOf({ environment: [], mounts: [{ kind: 'file', path: '', file }] });
  return together(
    origin([file.constructPath, service.path], ['config'], {
      components: service.client === undefined ? [] : [service.client.component],
    }),
    origin(policies, policies.length === 0 ? [] : ['policy']),
    ...endpoints.map((endpoint) => ofEndpoint(plan, endpoint)),
  );
}

/** Returns the origin of all configuration files of a service together. */
export function ofFiles(plan: Plan, service: ServicePlan): Origin {
  const files = service.mounts.flatMap((mount) => (mount.kind === 'file' ? [ofFile(plan, service, mount.file)] : []));
  return together(...files, ofService(service));
}

/** Returns the origin of a variable: the service, and where the value comes from. */
export function ofVariable(plan: Plan, service: ServicePlan, variable: EnvironmentPlan | undefined): Origin {
  const sources = variable === undefined ? [] : partsOf(variable.value).flatMap((part) => ofPart(plan, part) ?? []);
  return sources.length === 0
    ? ofService(service, 'environment')
    : ofReference(service, 'environment', ...sources);
}

function ofPart(plan: Plan, part: ValuePartPlan): Origin | undefined {
  switch (part.kind) {
    case 'literal':
      return undefined;
    case 'secret':
      return ofSecret(plan, part);
    case 'endpoint':
    case 'port':
      return ofEndpoint(plan, part.endpoint);
    case 'host':
      return ofEndpoint(plan, part.host);
  }
}

/** Returns the origin of a key of an env file. */
export function ofSecret(plan: Plan, { envFile, key }: { readonly envFile: string; readonly key: string }): Origin {
  const files = plan.envFiles.filter(({ name }) => name === envFile);
  return origin(files.flatMap(({ path }) => [`${path}/${key}`, path]), ['secret']);
}

/** A server that a fact only names is judged elsewhere, so its facets stay out. */
function ofEndpoint(plan: Plan, { to, name }: HostPlan): Origin {
  return { ...to === 'service' ? ofNamed(plan.services, name) : ofHostService(plan, name), facets: [] };
}

/** Returns the origin of a server on the host. */
export function ofHostService(plan: Plan, name: string): Origin {
  const hosts = plan.hostServices.filter((one) => one.name === name);
  return origin(hosts.map(({ path }) => path), ['host-service'], {
    components: hosts.flatMap(({ component }) => component ?? []),
  });
}

/** Returns the origin of a connection of one service: the networks that carry it. */
export function ofReach(plan: Plan, from: string, to: string): Origin {
  const networks = plan.reaches
    .filter((reach) => reach.from === from && reach.to.kind !== 'internet' && reach.to.name === to)
    .map(({ network }) => network);
  return origin(plan.networks.flatMap(({ name, path }) => (networks.includes(name) ? [path] : [])), ['network']);
}
