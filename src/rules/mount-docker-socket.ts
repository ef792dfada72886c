import { hostPlaces, isEngineSocket } from './private/mounts';
import { Rule } from './rule';
import { walkData } from '../plan/plain-data';

export const mountDockerSocket: Rule = {
  id: 'mount-docker-socket',
  severity: 'error',
  title: 'Services do not mount the socket of the container engine',
  fix: 'Run the program on the host, or put a proxy that filters its API in front: the socket controls the machine.',
  waivable: true,
  blocksApproval: true,
  facets: ['mount'],
  check: ({ plan }) => [
    ...hostPlaces(plan)
      .filter(({ place }) => isEngineSocket(place))
      .map(({ path, place }) => ({
        path,
        message: `${JSON.stringify(place)} is the socket of a container engine.`,
      })),
    ...plan.services
      .filter(({ container }) => container?.useApiSocket)
      .map(({ path }) => ({ path, message: 'useApiSocket mounts the socket of the container engine.' })),
    ...plan.services.flatMap(({ path, mounts }) =>
      mounts
        .filter((mount) => isEngineSocket(mount.path) && !(mount.kind === 'host-path' && isEngineSocket(mount.source)))
        .map((mount) => ({
          path,
          message: `The mount ${JSON.stringify(mount.path)} is the socket of a container engine.`,
        })),
    ),
  ],
  checkMergedTarget: ({ facts: { volumes, settings } }) => (
    [volumes.map((one) => one.settings), settings].flat(2).some(({ value }) => textsIn(value).some(isEngineSocket))
      ? [{ problem: 'names the socket of a container engine' }]
      : []),
  checkMerged: ({ facts: { container, mounts } }) => [
    ...mounts
      .flatMap((mount) => [mount.path, mount.kind === 'host' ? mount.directory : ''])
      .filter(isEngineSocket)
      .map((place) => ({
        problem: `mounts ${JSON.stringify(place)}, the socket of a container engine`,
      })),
    ...(container.useApiSocket ? [{ problem: 'mounts the socket of the container engine' }] : []),
  ],
};

function textsIn(value: unknown): string[] {
  const texts: string[] = [];
  walkData(value, (text) => texts.push(text));
  return texts;
}
