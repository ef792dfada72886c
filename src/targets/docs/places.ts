import { posix } from 'node:path';
import { Plan } from '../../plan/plan';

/** Files of the other targets as a person in the project's folder names them. */
export interface OutputPlaces {
  readonly composeFile: string;
  readonly kubernetesFolder: string;
  readonly envExample: (file: string) => string;
}

export function outputPlaces({ outdir, stage }: Pick<Plan, 'outdir' | 'stage'>): OutputPlaces {
  return {
    composeFile: posix.join(outdir, 'compose', composeFileName(stage)),
    kubernetesFolder: posix.join(outdir, 'kubernetes'),
    envExample: (file) => posix.join(outdir, 'compose', `${file}.example`),
  };
}

export function composeFileName(stage: Plan['stage']): string {
  return stage === 'draft' ? 'docker-compose.draft.yml' : 'docker-compose.yml';
}
