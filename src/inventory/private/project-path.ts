import * as path from 'node:path';

/** As findings name files: relative to the project's folder, with forward slashes. */
export function projectPath(file: string): string {
  const name = path.isAbsolute(file) ? path.relative(process.cwd(), file) : path.normalize(file);
  return name.split(path.sep).join('/');
}
