import { duplicates } from './private/duplicates';
import { hostDirectories } from './private/host-directories';
import { namedThings } from './private/named';
import { Rule, Violation } from './rule';
import { ServicePlan } from '../plan/plan';
import { normalPath } from '../plan/project-path';

export const nameDuplicate: Rule = {
  id: 'name-duplicate',
  severity: 'error',
  title: 'No two things of one kind have the same name',
  fix: 'Give one of them another name.',
  waivable: false,
  facets: ['identity', 'secret', 'volume', 'network', 'profile'],
  check: ({ plan }) => [
    ...duplicates(namedThings(plan), ({ space, name }) => `${space}\t${name}`).map(({ item, first }) => ({
      path: item.path,
      message: `The ${item.kind} ${item.path} has the name "${item.name}", as ${first.path} has.`,
    })),
    ...duplicates(hostDirectories(plan), ({ directory }) => normalPath(directory)).map(({ item, first }) => ({
      path: item.path,
      message: `The volume ${item.path} is the folder "${normalPath(item.directory)}", as ${first.path} is.`,
      fix: 'Keep one volume: a cluster would give each its own data.',
    })),
    ...duplicates(plan.envFiles, ({ file }) => file.toLowerCase()).map(({ item, first }) => ({
      path: item.path,
      message: `The env file ${item.path} is the file "${item.file}", as ${first.path} is.`,
      fix: 'Keep one env file, and let both users refer to it.',
    })),
    ...plan.services.flatMap(withinService),
  ],
};

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
      message: `The build argument ${item.name} is given twice.`,
      fix: 'Give it as a build argument or as a base image.',
    })),
    ...duplicates(service.ports, ({ name }) => name).map(({ item }) => ({
      path,
      message: `Two ports have the name "${item.name}".`,
    })),
    ...duplicates(files, ({ name }) => name.toLowerCase())
      .filter(({ item, first }) => item.constructPath !== first.constructPath)
      .map(({ item }) => ({
        path: item.constructPath,
        message: `Two configuration files of the service are called "${item.name}".`,
      })),
    ...duplicates(service.attachments, ({ network }) => network).map(({ item }) => ({
      path,
      message: `The service is attached to the network "${item.network}" twice.`,
      fix: 'Attach it once, with all aliases.',
    })),
  ];
}
