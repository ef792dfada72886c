import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotJudge } from './cannot-judge';

/** A judge that is a devDependency of this project. */
export interface NpmPackage {
  readonly version: string;
  /** The script to give to Node. */
  readonly script: string;
}

/** @throws CannotJudge when it is not installed. */
export function npmPackage(name: string, script: string): NpmPackage {
  const folder = join('node_modules', name);
  if (!existsSync(join(folder, script))) {
    throw new CannotJudge(`${name} is not installed: npm ci`);
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { version, script: join(folder, script) };
}
