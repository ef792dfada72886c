import { posix } from 'node:path';

/** A path below the project's folder in the one form that it has in the plan: `./a//b/` is `a/b`. */
export function normalPath(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

/** Whether a path leads out of the project's folder. */
export function isOutside(path: string): boolean {
  const normal = posix.normalize(path);
  return posix.isAbsolute(normal) || normal === '..' || normal.startsWith('../');
}
