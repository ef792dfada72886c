import { posix } from 'node:path';
import { hostPlaces, isEngineSocket } from './private/mounts';
import { Rule } from './rule';
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
  title: 'Host folders and files lie in the project',
  fix: 'Use a folder of the project, for example "./shared".',
  waivable: true,
  facets: ['mount', 'volume'],
  check: ({ plan }) => hostPlaces(plan).filter(({ place }) => !isEngineSocket(place))
    .flatMap(({ path, what, place, parameters }) => (parameters.length > 0
      ? parameters.map((name) => ({
        path,
        message: `The host's ${what} can be any ${what} of the machine: the parameter ${name} sets it.`,
        fix: 'Use a fixed folder below the project\'s folder, for example "./shared".',
      }))
      : problems(place, what).map((message) => ({ path, message })))),
  checkMerged: ({ facts, outdir }) =>
    facts.mounts.flatMap((mount) => (mount.kind === 'host' && !isEngineSocket(mount.directory)
      ? outsideProject(mount.directory, outdir).map((problem) => ({ problem: `mounts ${problem}` }))
      : [])),
  checkMergedTarget: ({ plan: { outdir }, facts }) => [
    ...facts.volumes.flatMap(({ name, settings }) => settings
      .flatMap(({ key, value }) => (key === 'driver_opts' ? boundFolder(value) : []))
      .flatMap((device) => outsideProject(device, outdir))
      .map((problem) => ({ problem: `makes the volume "${name}" ${problem}` }))),
    ...facts.settings.filter(({ key }) => key === 'configs').flatMap(({ value }) => (
      Object.entries(value ?? {}).flatMap(([name, entry]) => {
        const { file } = entry as { readonly file?: unknown };
        return typeof file === 'string'
          ? outsideProject(file, outdir).map((problem) => ({ problem: `makes the config "${name}" ${problem}` }))
          : [];
      }))),
  ],
};

/** The folder that the options of a volume bind; none for a device or a file system of the network. */
function boundFolder(options: unknown): string[] {
  const { device, o = '', type = 'none' } = (options ?? {}) as Readonly<Record<string, unknown>>;
  const binds = type === 'none' || /\bbind\b/.test(String(o));
  return binds && typeof device === 'string' ? [device] : [];
}

function outsideProject(directory: string, outdir: string): string[] {
  const inProject = /^\.\.?(?:\/|$)/.test(directory) ? posix.join(outdir, 'compose', directory) : directory;
  return problems(inProject).length === 0
    ? []
    : [`the host folder ${JSON.stringify(directory)}, which is not a folder of the project`];
}

function problems(directory: string, what = 'folder'): string[] {
  const plain = normalPath(directory.replace(/\\/g, '/'));
  if (directory === '' || directory.startsWith('~') || /[:$]/.test(directory)) {
    return [`${JSON.stringify(directory)} does not exist on every machine.`];
  }
  if (posix.isAbsolute(plain)) {
    return [
      `The host ${what} ${JSON.stringify(directory)} ${
        SENSITIVE.includes(plain) ? 'gives control of the machine' : 'is an absolute path, which other machines lack'
      }.`,
    ];
  }
  return isOutside(plain) ? [`The host ${what} ${JSON.stringify(directory)} lies outside the project.`] : [];
}
