import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { dig, keysAt, listAt, textAt } from './loose-json';
import { Plan } from '../../plan/plan';
import { COMPOSE_FOLDER, composeFileName } from '../../targets/layout';
import { shellLine } from '../../targets/shell-word';
import { lazy } from '../../util/lazy';
import { Examination } from '../examination';

const yaml = lazy(() => require('yaml') as typeof import('yaml'));

/** A service as the compose file has it: overrides are in it, and an approved file may be older than the model. */
export interface ComposeService {
  readonly name: string;
  readonly image: string;
  /** Built here; otherwise a registry has it. */
  readonly built: boolean;
  readonly profiles: readonly string[];
  readonly cpus?: number;
  readonly memoryMegabytes?: number;
}

export type ComposeFileAnswer =
  | { readonly kind: 'file'; readonly services: readonly ComposeService[] }
  | { readonly kind: 'none'; readonly reason: string };

/** The compose file that is used: the approved one once there is one, otherwise the draft. */
export function composeFileIn(root: string, { outdir, stage }: Pick<Plan, 'outdir' | 'stage'>): string {
  const fileOf = (which: Plan['stage']) =>
    join(resolve(root, outdir), COMPOSE_FOLDER, composeFileName({ stage: which }));
  return stage === 'approved' || existsSync(fileOf('approved')) ? fileOf('approved') : fileOf('draft');
}

/** What the compose file says, read once per examination. */
export function composeServices(examination: Examination): Promise<ComposeFileAnswer> {
  return examination.once('compose-file', () => Promise.resolve(read(examination.props.composeFile)));
}

function read(path: string): ComposeFileAnswer {
  try {
    const services: unknown = dig(yaml().parse(readFileSync(path, 'utf8')), 'services');
    return { kind: 'file', services: keysAt(services).flatMap((name) => serviceOf(name, dig(services, name)) ?? []) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { kind: 'none', reason: code === 'ENOENT' ? 'not there' : `it cannot be read: ${code ?? 'it is not YAML'}` };
  }
}

function serviceOf(name: string, value: unknown): ComposeService | undefined {
  const image = textAt(value, 'image');
  const limit = (key: string, deploy: string) => dig(value, key) ?? dig(value, 'deploy', 'resources', 'limits', deploy);
  const cpus = Number(limit('cpus', 'cpus'));
  return image === undefined
    ? undefined
    : {
      name,
      image,
      built: dig(value, 'build') !== undefined,
      profiles: listAt(value, 'profiles').filter((profile) => typeof profile === 'string'),
      cpus: cpus > 0 ? cpus : undefined,
      memoryMegabytes: megabytes(String(limit('mem_limit', 'memory'))),
    };
}

const UNITS: Readonly<Record<string, number>> = { '': 1, 'b': 1, 'k': 1024, 'm': 1024 ** 2, 'g': 1024 ** 3 };

/** Sizes as Compose writes them: `4096m`, `4gb`, a number of bytes. */
function megabytes(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([bkmg]?)b?$/i.exec(text) ?? [];
  return number === undefined ? undefined : (Number(number) * UNITS[unit.toLowerCase()]) / UNITS.m;
}

/** A command of Compose as a person in the project's folder types it. */
export function composeLine({ props: { root, composeFile } }: Examination, ...words: readonly string[]): string {
  const path = relative(root, composeFile);
  return shellLine(
    'docker',
    'compose',
    '-f',
    path.startsWith('..') ? composeFile : path.split(sep).join('/'),
    ...words,
  );
}

/** Options that name the profiles of a service, without which Compose leaves it out. */
export function profileOptions({ profiles }: Pick<ComposeService, 'profiles'>): string[] {
  return profiles.flatMap((profile) => ['--profile', profile]);
}

/** The command that starts a service, or starts it again with what the files say now. */
export async function startLine(examination: Examination, name: string): Promise<string> {
  const file = await composeServices(examination);
  const service = file.kind === 'file' ? file.services.find((one) => one.name === name) : undefined;
  return composeLine(examination, ...profileOptions(service ?? { profiles: [] }), 'up', '--detach', '--wait', name);
}
