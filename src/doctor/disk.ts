import { existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Examination, Examiner, Result } from './examination';
import { parseJson, textAt } from './loose-json';
import { VolumePlan } from '../plan/plan';

const MEBIBYTE = 1024 * 1024;

/**
 * Whether there is room for what the volumes may grow to. No engine holds a volume to its size, so too little room is told and not
 * refused. Where the engine keeps its data on another machine, nobody can look from here.
 */
export const disk: Examiner = {
  async examine(examination) {
    const volumes = examination.plan.volumes.filter(({ users }) => users.length > 0);
    const ofHost = volumes.flatMap((volume) => (volume.source.kind === 'host-directory' ? [{ folder: resolve(examination.root, volume.source.directory), volume }] : []));
    const ofEngine = volumes.filter(({ source }) => source.kind === 'persistent');
    return [...ofHost.map(({ folder, volume }) => room(folder, [volume])), ...await look(examination, ofEngine)];
  },
};

async function look({ offline, run }: Examination, volumes: readonly VolumePlan[]): Promise<Result[]> {
  if (volumes.length === 0) return [];
  const facts = { subject: namesOf(volumes), asked: sizeOf(volumes) };
  if (offline) return [{ ...facts, status: 'not-checked', found: 'only the engine knows where they are, and --offline leaves it out' }];
  const answer = await run('docker', 'info', '--format', 'json');
  const info = answer.kind === 'ended' ? parseJson(answer.out) : undefined;
  const folder = textAt(info, 'DockerRootDir');
  if (folder === undefined) return [{ ...facts, status: 'not-checked', found: 'the engine does not tell where it keeps volumes' }];
  const here = existsSync(folder) && !/Docker Desktop/.test(textAt(info, 'OperatingSystem') ?? '');
  return [here ? room(folder, volumes) : { ...facts, status: 'not-checked', found: 'the engine keeps volumes where this command cannot look' }];
}

function room(folder: string, volumes: readonly VolumePlan[]): Result {
  const { bavail, bsize } = statfsSync(nearestFolder(folder));
  const free = Math.floor(bavail * bsize / MEBIBYTE);
  const facts = { subject: namesOf(volumes), found: `${gibibytes(free)} free`, asked: sizeOf(volumes) };
  return free >= megabytesOf(volumes) ? { ...facts, status: 'ok' } : { ...facts, status: 'warning', mend: 'Make room before it is needed, or give the volumes less in the model.' };
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
