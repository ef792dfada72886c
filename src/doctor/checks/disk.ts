import { existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { VolumePlan } from '../../plan/plan';
import { Examination, Examiner, Result } from '../examination';
import { engineOf } from '../machine/engine';

const MEBIBYTE = 1024 * 1024;

/**
 * Checks free disk space against the sizes of the volumes. A warning only, since no engine enforces volume sizes. Not
 * checked if the engine runs on another machine.
 */
export const disk: Examiner = {
  async examine(examination) {
    const { plan, root } = examination.props;
    const volumes = plan.volumes.filter(({ users }) => users.length > 0);
    const ofHost = volumes.flatMap((volume) =>
      volume.source.kind === 'host-directory' ? [room(resolve(root, volume.source.directory), [volume])] : [],
    );
    return [
      ...ofHost,
      ...(await look(
        examination,
        volumes.filter(({ source }) => source.kind === 'persistent'),
      )),
    ];
  },
};

async function look(examination: Examination, volumes: readonly VolumePlan[]): Promise<Result[]> {
  if (volumes.length === 0) {
    return [];
  }
  const notChecked = (found: string): Result[] => [
    { subject: namesOf(volumes), expected: sizeOf(volumes), status: 'not-checked', found },
  ];
  const answer = await engineOf(examination);
  if (answer.kind === 'none') {
    return notChecked(`the engine did not report where volumes are: ${answer.found}`);
  }
  const { dataFolder } = answer.engine;
  return dataFolder !== undefined && existsSync(dataFolder)
    ? [room(dataFolder, volumes)]
    : notChecked('the volumes of the engine are not visible to this command');
}

function room(folder: string, volumes: readonly VolumePlan[]): Result {
  const { bavail, bsize } = statfsSync(nearestFolder(folder));
  const free = Math.floor((bavail * bsize) / MEBIBYTE);
  const facts = { subject: namesOf(volumes), found: `${gibibytes(free)} free`, expected: sizeOf(volumes) };
  return free >= megabytesOf(volumes)
    ? { ...facts, status: 'ok' }
    : { ...facts, status: 'warning', fix: 'Free disk space, or reduce the volume sizes in the model.' };
}

function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

function namesOf(volumes: readonly VolumePlan[]): string {
  return volumes.map(({ name }) => name).join(', ');
}

function sizeOf(volumes: readonly VolumePlan[]): string {
  return `${gibibytes(megabytesOf(volumes))} when full`;
}

function megabytesOf(volumes: readonly VolumePlan[]): number {
  return volumes.reduce((sum, { megabytes }) => sum + megabytes, 0);
}

function gibibytes(megabytes: number): string {
  return `${(megabytes / 1024).toFixed(1)} GiB`;
}
