import { isEngineSocket } from './private/engine-socket';
import { Rule } from './rule';

export const mountDockerSocket: Rule = {
  id: 'mount-docker-socket',
  severity: 'error',
  title: 'No service gets the container engine\'s socket',
  mend: 'Run what needs the engine on the host. Read-only does not help: whoever can connect owns the machine.',
  waivable: false,
  check: ({ plan }) => [
    ...plan.volumes.filter(({ source }) => source.kind === 'host-directory' && isEngineSocket(source.directory)).map(({ path: at, source }) => ({
      path: at, message: `${JSON.stringify(source.kind === 'host-directory' ? source.directory : '')} is the socket of a container engine.`,
    })),
    ...plan.services.flatMap(({ path: at, mounts }) => mounts.filter((mount) => isEngineSocket(mount.path)).map((mount) => ({
      path: at, message: `The mount ${JSON.stringify(mount.path)} is the socket of a container engine.`,
    }))),
  ],
};
