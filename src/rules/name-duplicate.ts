import { duplicates } from './private/duplicates';
import { hostDirectories } from './private/mounts';
import { namedThings } from './private/named';
import { Rule, Violation } from './rule';
import { interpolationFiles } from '../plan/env-files';
import { containerPorts } from '../plan/host-port';
import { kubernetesName } from '../plan/kubernetes-name';
import { PARAMETER_FILE } from '../plan/parameters';
import { Plan, ServicePlan } from '../plan/plan';
import { normalPath } from '../plan/project-path';

export const nameDuplicate: Rule = {
  id: 'name-duplicate',
  severity: 'error',
  title: 'Names are unique within a kind',
  fix: 'Rename one of them.',
  waivable: false,
  facets: ['identity', 'secret', 'parameter', 'volume', 'network', 'profile'],
  check: ({ plan }) => [
    ...duplicates(namedThings(plan), ({ space, name }) => `${space}\t${name}`).map(({ item, first }) => ({
      path: item.path,
      message: `The ${item.kind} ${item.path} has the name "${item.name}" of ${first.path}.`,
    })),
    ...[plan.services.filter(({ places }) => places.includes('cluster')), claims(plan), plan.networks]
      .flatMap(inCluster),
    ...duplicates(hostDirectories(plan), ({ directory }) => normalPath(directory)).map(({ item, first }) => ({
      path: item.path,
      message: `The volume ${item.path} uses the folder "${normalPath(item.directory)}" of ${first.path}.`,
      fix: 'Keep one volume: in a cluster, each would have its own data.',
    })),
    ...duplicates([...plan.envFiles, ...(plan.secretFiles ?? [])], ({ file }) => file.toLowerCase()).map(
      ({ item, first }) => ({
        path: item.path,
        message: `${item.path} uses the file "${item.file}" of ${first.path}.`,
        fix: 'Keep one of them, and refer to it from both services.',
      }),
    ),
    ...duplicates([...keysOf(plan), ...plan.parameters], ({ name }) => name).map(({ item, first }) => ({
      path: item.path,
      message: `${item.path} has the name "${item.name}" of ${first.path}, and Compose reads both as one variable.`,
    })),
    ...plan.services.flatMap(withinService),
  ],
};

/** Volumes under the names of their claims. */
function claims({ volumes }: Plan): { readonly path: string; readonly name: string }[] {
  return volumes.map(({ path, name, engine }) => ({ path, name: engine?.name ?? name }));
}

/** Reports different names that are one in a cluster. */
function inCluster(things: readonly { readonly path: string; readonly name: string }[]): Violation[] {
  const names = [...new Map(things.map((one) => [one.name, one])).values()];
  return duplicates(names, ({ name }) => kubernetesName(name)).map(({ item, first }) => ({
    path: item.path,
    message: `In a cluster, ${item.path} has the name "${kubernetesName(item.name)}" of ${first.path}.`,
    fix: `Rename one: Kubernetes allows lower-case letters, digits and dashes, so "${item.name}" and `
      + `"${first.name}" are the same there.`,
  }));
}

/** Keys of the files in which Compose looks for variables. */
function keysOf(plan: Plan): { readonly path: string; readonly name: string }[] {
  const read = [PARAMETER_FILE, ...interpolationFiles(plan)];
  const keys = plan.envFiles.filter(({ file }) => read.includes(file)).flatMap((file) => (
    file.keys.map(({ name }) => ({ path: `${file.path}/${name}`, name }))));
  // a key that is there twice is reported elsewhere
  return [...new Map(keys.map((key) => [key.path, key])).values()];
}

function withinService(service: ServicePlan): Violation[] {
  const { path } = service;
  const files = service.mounts.flatMap((mount) => (mount.kind === 'file' ? [mount.file] : []));
  return [
    ...duplicates(service.environment, ({ name }) => name).map(({ item }) => ({
      path,
      message: `The variable ${item.name} is set twice.`,
      fix: 'Set it once.',
    })),
    ...duplicates(service.image.build?.args ?? [], ({ name }) => name).map(({ item }) => ({
      path,
      message: `The build argument ${item.name} is set twice.`,
      fix: 'Set it either as a build argument or as a base image.',
    })),
    ...duplicates(containerPorts(service.ports), ({ name }) => name).map(({ item }) => ({
      path,
      message: `Two ports have the name "${item.name}".`,
    })),
    ...duplicates(files, ({ name }) => name.toLowerCase())
      .filter(({ item, first }) => item.constructPath !== first.constructPath)
      .map(({ item }) => ({
        path: item.constructPath,
        message: `Two configuration files of the service have the name "${item.name}".`,
      })),
    ...duplicates(service.attachments, ({ network }) => network).map(({ item }) => ({
      path,
      message: `The service is attached to the network "${item.network}" twice.`,
      fix: 'Add it once, with all aliases.',
    })),
  ];
}
