import { Plan } from '../../plan/plan';

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
  readonly what: 'folder' | 'file';
  /** As written in the model, with the defaults of parameters. */
  readonly place: string;
  /** Names of parameters that set it. */
  readonly parameters: readonly string[];
  /** Why a file cannot be mounted, as the rest of a sentence. */
  readonly problem?: string;
}

/** Returns the folders and files of the host that a model names. A file that several services mount is one. */
export function hostPlaces(plan: Plan): HostPlace[] {
  const folders = plan.volumes.flatMap(({ path, source }, index): HostPlace[] => {
    const at = ['volumes', index, 'source', 'directory'];
    return source.kind === 'host-directory'
      ? [{ path, what: 'folder', place: source.directory, parameters: parametersAt(plan, at) }]
      : [];
  });
  const files = plan.services.flatMap(({ mounts }, index) => mounts.flatMap((mount, position): HostPlace[] => {
    if (mount.kind !== 'file' || mount.file.source === undefined) { return []; }
    const { constructPath: path, source: { path: place, problem } } = mount.file;
    const at = ['services', index, 'mounts', position, 'file', 'source', 'path'];
    return [{ path, what: 'file', place, problem, parameters: parametersAt(plan, at) }];
  }));
  return [...folders, ...new Map(files.map((file) => [file.path, file])).values()];
}

function parametersAt({ templates }: Plan, at: readonly (string | number)[]): string[] {
  const found = templates.find((template) => template.at.join() === at.join());
  return (found?.parts ?? []).flatMap((part) => (typeof part === 'string' ? [] : [part.parameter]));
}
