import { Plan } from '../plan/plan';

type Stage = Pick<Plan, 'stage'>;

/** Folder of the Compose file, relative to the output folder. */
export const COMPOSE_FOLDER = 'compose';

/*
 * A draft lies beside what was approved last, file by file: nothing of the one is part of the other, so a draft can
 * change while the approved files are in use.
 */

/** Name of the Compose file. */
export function composeFileName({ stage }: Stage): string {
  return stage === 'draft' ? 'docker-compose.draft.yml' : 'docker-compose.yml';
}

/** Folder of the configuration files that Compose mounts, relative to the Compose file. */
export function configFolder({ stage }: Stage): string {
  return stage === 'draft' ? 'config.draft' : 'config';
}

/** Folder of the manifests, relative to the output folder. */
export function kubernetesFolder({ stage }: Stage): string {
  return stage === 'draft' ? 'kubernetes/draft' : 'kubernetes';
}

/** Returns the path of a file of one stage at another stage; other paths stay as they are. */
export function atStage(path: string, to: Stage): string {
  for (const from of [{ stage: 'draft' }, { stage: 'approved' }] as const) {
    const index = stagePrefixes(from).findIndex((prefix) => path.startsWith(prefix));
    if (index >= 0) { return stagePrefixes(to)[index] + path.slice(stagePrefixes(from)[index].length); }
  }
  return path;
}

function stagePrefixes(stage: Stage): string[] {
  return [
    `${COMPOSE_FOLDER}/${composeFileName(stage)}`,
    `${COMPOSE_FOLDER}/${configFolder(stage)}/`,
    `${kubernetesFolder(stage)}/`,
  ];
}
