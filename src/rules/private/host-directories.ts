import { Plan } from '../../plan/plan';

/** Every volume that is a folder of the host, with that folder as the model has it. */
export function hostDirectories({ volumes }: Pick<Plan, 'volumes'>): { path: string; directory: string }[] {
  return volumes.flatMap(({ path, source }) =>
    source.kind === 'host-directory' ? [{ path, directory: source.directory }] : [],
  );
}
