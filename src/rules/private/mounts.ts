import { Plan, VolumePlan } from '../../plan/plan';

/** Returns whether a path is the socket of a container engine. */
export function isEngineSocket(text: string): boolean {
  return /(^|\/)(docker|containerd|podman|crio)\.sock$/.test(text.replace(/\\/g, '/'));
}

/** Returns the volumes that are host folders, with the folder as written in the model. */
export function hostDirectories({ volumes }: Pick<Plan, 'volumes'>): { path: string; directory: string }[] {
  return volumes.flatMap(({ path, source }) =>
    source.kind === 'host-directory' ? [{ path, directory: source.directory }] : [],
  );
}

/** Something of the host that a model names. */
export interface HostPlace {
  /** Construct path. */
  readonly path: string;
  readonly what: 'folder' | 'file' | 'path';
  /** As written in the model, with the defaults of parameters. */
  readonly place: string;
  /** Names of parameters that set it. */
  readonly parameters: readonly string[];
  /** Why a file or folder cannot be mounted, as the rest of a sentence. */
  readonly problem?: string;
}

/** Returns what a model names of the host. A file that several services mount is one. */
export function hostPlaces(plan: Plan): HostPlace[] {
  const folders = plan.volumes.flatMap((volume, index): HostPlace[] => {
    const { path, source } = volume;
    const at = ['volumes', index, 'source', 'directory'];
    return source.kind === 'host-directory'
      ? [{
        path,
        what: 'folder',
        place: source.directory,
        parameters: parametersAt(plan, at),
        problem: source.isFile ? 'is a file' : undefined,
      }]
      : boundFolder(volume).map((place) => ({ path, what: 'folder', place, parameters: [] }));
  });
  const mounted = plan.services.flatMap(({ path, mounts }, index) => mounts.flatMap((mount, position): HostPlace[] => {
    const at = (...steps: string[]) => parametersAt(plan, ['services', index, 'mounts', position, ...steps]);
    if (mount.kind === 'host-path') {
      return [{ path, what: 'path', place: mount.source, parameters: at('source') }];
    }
    if (mount.kind === 'directory') {
      const { constructPath, source, problem } = mount.directory;
      return [{ path: constructPath, what: 'folder', place: source, problem, parameters: at('directory', 'source') }];
    }
    if (mount.kind !== 'file' || mount.file.source === undefined) { return []; }
    const { constructPath, source: { path: place, problem } } = mount.file;
    return [{ path: constructPath, what: 'file', place, problem, parameters: at('file', 'source', 'path') }];
  }));
  return [...folders, ...new Map(mounted.map((one) => [`${one.path}\t${one.place}`, one])).values()];
}

/** The driver `local` makes a volume of any folder of the host. */
function boundFolder({ engine }: VolumePlan): string[] {
  const options = new Map(engine?.driverOptions.map(({ name, value }) => [name, value]));
  const isBind = (options.get('o') ?? '').split(',').some((option) => option === 'bind' || option === 'rbind');
  return isBind ? [options.get('device') ?? ''] : [];
}

function parametersAt({ templates }: Plan, at: readonly (string | number)[]): string[] {
  const found = templates.find((template) => template.at.join() === at.join());
  return (found?.parts ?? []).flatMap((part) => (typeof part === 'string' ? [] : [part.parameter]));
}
