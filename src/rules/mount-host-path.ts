import { posix } from 'node:path';
import { hostDirectories, isEngineSocket, MERGED_MOUNT_KEYS } from './private/mounts';
import { Rule } from './rule';
import { Plan } from '../plan/plan';
import { isOutside, normalPath } from '../plan/project-path';

/** Host folders that give control of the machine (CIS Docker benchmark 5.6). */
const SENSITIVE = [
  '/',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/proc',
  '/root',
  '/run',
  '/sys',
  '/usr',
  '/var',
  '/var/lib',
  '/var/run',
  '/home',
];

export const mountHostPath: Rule = {
  id: 'mount-host-path',
  severity: 'error',
  title: 'Host folders lie in the project',
  fix: 'Use a folder of the project, for example "./shared".',
  waivable: true,
  facets: ['mount', 'volume'],
  check: ({ plan }) => hostDirectories(plan).filter(({ directory }) => !isEngineSocket(directory))
    .flatMap(({ path, directory }) => {
      const parameters = parametersOf(plan, path);
      return parameters.length > 0
        ? parameters.map(({ name }) => ({
          path,
          message: `The host's folder can be any folder of the machine: the parameter ${name} sets it.`,
          fix: 'Use a fixed folder below the project\'s folder, for example "./shared".',
        }))
        : problems(directory).map((message) => ({ path, message }));
    }),
  checkMerged: ({ facts, outdir }) =>
    facts.mounts.flatMap((mount) => {
      if (mount.kind !== 'host' || isEngineSocket(mount.directory)) { return []; }
      const { directory } = mount;
      const inProject = /^\.\.?(?:\/|$)/.test(directory) ? posix.join(outdir, 'compose', directory) : directory;
      return problems(inProject).map(() => ({
        problem: `mounts the host folder ${JSON.stringify(directory)}, which is not a folder of the project`,
        keys: MERGED_MOUNT_KEYS,
      }));
    }),
};

/** Parameters that set the folder of a volume. */
function parametersOf({ parameters }: Plan, path: string): Plan['parameters'] {
  return parameters.filter(({ uses }) => uses.some((use) => use.path === path && use.place === 'host folder'));
}

function problems(directory: string): string[] {
  const plain = normalPath(directory.replace(/\\/g, '/'));
  if (directory === '' || directory.startsWith('~') || /[:$]/.test(directory)) {
    return [`${JSON.stringify(directory)} does not exist on every machine.`];
  }
  if (posix.isAbsolute(plain)) {
    return [
      `The host folder ${JSON.stringify(directory)} ${
        SENSITIVE.includes(plain) ? 'gives control of the machine' : 'is an absolute path, which other machines lack'
      }.`,
    ];
  }
  return isOutside(plain) ? [`The host folder ${JSON.stringify(directory)} lies outside the project.`] : [];
}
