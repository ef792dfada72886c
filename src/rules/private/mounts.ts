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

/** Keys of the targets that mount something. */
export const MERGED_MOUNT_KEYS = ['volumes', 'volumeMounts', 'hostPath'];
