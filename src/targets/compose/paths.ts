import { posix } from 'node:path';
import { FilePlan, Plan, ServicePlan } from '../../plan/plan';
import { COMPOSE_FOLDER, configFolder } from '../layout';

/** A path of the project's folder as the compose file names it, `../../shared`; absolute paths stay as they are. */
export function fromComposeFile(plan: Pick<Plan, 'outdir'>, path: string): string {
  if (isAbsolutePath(path)) {
    return path;
  }
  // both below one made-up root: the working folder must not count
  return posix.relative(posix.join('/', plan.outdir, COMPOSE_FOLDER), posix.join('/', path));
}

/** Whether a path is one of a machine, in the form of any system. */
export function isAbsolutePath(path: string): boolean {
  return posix.isAbsolute(path) || /^[A-Za-z]:[\\/]/.test(path);
}

/** Where a configuration file of a service lies, relative to the compose file. */
export function configPath(
  plan: Pick<Plan, 'stage'>,
  service: Pick<ServicePlan, 'name'>,
  file: Pick<FilePlan, 'name'>,
): string {
  return `${configFolder(plan)}/${service.name}/${file.name}`;
}
