import { posix } from 'node:path';
import { duplicates } from './private/duplicates';
import { Rule, Violation } from './rule';
import { ServicePlan } from '../plan/plan';
import { normalPath } from '../plan/project-path';

export const mountPath: Rule = {
  id: 'mount-path',
  severity: 'error',
  title: 'Mount paths are absolute, normalized and unique',
  fix: 'Use one absolute path per mount, without "..", trailing slash, colon, comma or backslash.',
  waivable: false,
  facets: ['mount'],
  check: ({ plan }) =>
    plan.services.flatMap((service) => [
      ...duplicates(service.mounts, (mount) => normalPath(mount.path)).map(({ item }) => ({
        path: service.path,
        message: `Two mounts use the path ${JSON.stringify(item.path)}.`,
      })),
      ...odd(service),
      ...service.mounts
        .flatMap((mount) => (mount.kind === 'volume' ? mount.subpath ?? [] : []))
        .filter((subpath) => !isPlain(`/${subpath}`))
        .map((subpath) => ({
          path: service.path,
          message: `The subpath ${JSON.stringify(subpath)} is not a normalized relative path.`,
          fix: 'Use a path within the volume, for example "cache/npm".',
        })),
    ]),
};

function odd({ path, mounts, workingDirectory, image }: ServicePlan): Violation[] {
  const paths = [
    ...mounts.map((mount) => mount.path),
    ...image.facts.writablePaths,
    ...(workingDirectory === undefined ? [] : [workingDirectory]),
  ];
  return paths
    .filter((one) => !isPlain(one))
    .map((one) => ({ path, message: `${JSON.stringify(one)} is not a normalized absolute path.` }));
}

function isPlain(text: string): boolean {
  return (
    text.length <= 4096 &&
    posix.isAbsolute(text) &&
    posix.normalize(text) === text &&
    !text.endsWith('/') &&
    !/[:,\\]/.test(text)
  );
}
