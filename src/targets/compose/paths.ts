import { posix } from 'node:path';
import { FilePlan, Plan, ServicePlan } from '../../plan/plan';
import { COMPOSE_FOLDER, configFolder } from '../layout';

/** A path of the project's folder as the compose file names it, `../../shared`; absolute paths stay as they are. */
export function fromComposeFile(plan: Pick<Plan, 'outdir'>, path: string): string {
  if (isAbsolutePath(path)) {
    return path;
  }
  // both below one made-up root, deep enough for the way out of the project: the working folder must not count
  const [wayOut] = /^(?:\.\.(?:\/|$))*/.exec(posix.normalize(path))!;
  const root = `/${wayOut.replaceAll('..', 'up')}`;
  return posix.relative(posix.join(root, plan.outdir, COMPOSE_FOLDER), posix.join(root, path));
}

/** Whether a path is one of a machine, in the form of any system. Compose reads `~` as the home of the person. */
export function isAbsolutePath(path: string): boolean {
  return posix.isAbsolute(path) || /^~(?:\/|$)|^[A-Za-z]:[\\/]/.test(path);
}

/** Where a configuration file of a service lies, relative to the compose file. */
export function configPath(
  plan: Pick<Plan, 'stage'>,
  service: Pick<ServicePlan, 'name'>,
  file: Pick<FilePlan, 'name'>,
): string {
  return `${configFolder(plan)}/${service.name}/${file.name}`;
}

/** Returns a path of the compose file as one of the project's folder, whatever the output folder is. */
export function projectPath(path: string): string {
  return posix.normalize(path).replace(/^(?:\.\.\/)+/, '');
}
