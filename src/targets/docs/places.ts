import { posix } from 'node:path';
import { Plan } from '../../plan/plan';
import { COMPOSE_FOLDER, composeFileName, kubernetesFolder } from '../layout';

/** Folder of the pages, relative to the output folder. */
export const DOCS_FOLDER = 'docs';

/** Files of the other targets as a person in the project's folder names them. */
export interface OutputPlaces {
  readonly composeFile: string;
  readonly kubernetesFolder: string;
  readonly envExample: (file: string) => string;
}

export function outputPlaces(plan: Pick<Plan, 'outdir' | 'stage'>): OutputPlaces {
  return {
    composeFile: posix.join(plan.outdir, COMPOSE_FOLDER, composeFileName(plan)),
    kubernetesFolder: posix.join(plan.outdir, kubernetesFolder(plan)),
    envExample: (file) => posix.join(plan.outdir, COMPOSE_FOLDER, `${file}.example`),
  };
}

/** A file of the project's folder as a page names it in a link, `../../inventories/evidence/a.yaml`. */
export function fromPage({ outdir }: Pick<Plan, 'outdir'>, file: string): string {
  // both below one made-up root: the working folder must not count
  return posix.relative(posix.join('/', outdir, DOCS_FOLDER), posix.join('/', file));
}
