import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { PARAMETER_FILE } from '../../plan/parameters';
import { Plan } from '../../plan/plan';
import { ServiceFacts } from '../../plan/target-facts';
import { readCompose } from '../../targets/compose/read/read-compose';
import { shellLine } from '../../targets/host-commands';
import { COMPOSE_FOLDER, composeFileName } from '../../targets/layout';
import { lazy } from '../../util/lazy';
import { Examination } from '../examination';

const yaml = lazy(() => require('yaml') as typeof import('yaml'));

/** A service of the compose file, which includes overrides and may be older than the model. */
export interface ComposeService {
  readonly name: string;
  readonly image: string;
  /** Whether the image is built locally. */
  readonly built: boolean;
  readonly profiles: readonly string[];
  readonly cpus?: number;
  readonly memoryMegabytes?: number;
}

export type ComposeFileAnswer =
  | { readonly kind: 'file'; readonly services: readonly ComposeService[] }
  | { readonly kind: 'none'; readonly reason: string };

/** Returns the compose file in use: the approved one if it exists, otherwise the draft. */
export function composeFileIn(root: string, { outdir, stage }: Pick<Plan, 'outdir' | 'stage'>): string {
  const fileOf = (which: Plan['stage']) =>
    join(resolve(root, outdir), COMPOSE_FOLDER, composeFileName({ stage: which }));
  return stage === 'approved' || existsSync(fileOf('approved')) ? fileOf('approved') : fileOf('draft');
}

/** Reads the compose file, once per examination. */
export function composeServices(examination: Examination): Promise<ComposeFileAnswer> {
  return examination.once('compose-file', () => Promise.resolve(read(examination.props.composeFile)));
}

function read(path: string): ComposeFileAnswer {
  try {
    const { services } = readCompose(yaml().parse(readFileSync(path, 'utf8')), new Map());
    return { kind: 'file', services: services.filter(({ image }) => image !== '').map(serviceOf) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { kind: 'none', reason: code === 'ENOENT' ? 'missing' : `it cannot be read: ${code ?? 'it is not YAML'}` };
  }
}

function serviceOf({ name, image, build, profiles, limits }: ServiceFacts): ComposeService {
  const { processors, memoryBytes } = limits;
  return {
    name,
    image,
    built: build !== undefined,
    profiles,
    cpus: typeof processors === 'number' && processors > 0 ? processors : undefined,
    memoryMegabytes: typeof memoryBytes === 'number' ? memoryBytes / 1024 ** 2 : undefined,
  };
}

/** Returns a Compose command line for the project folder. */
export function composeLine({ props: { root, composeFile, plan } }: Examination, ...words: readonly string[]): string {
  const path = relative(root, composeFile);
  return shellLine(
    'docker',
    'compose',
    '-f',
    path.startsWith('..') ? composeFile : path.split(sep).join('/'),
    ...(plan.parameters.length === 0 ? [] : ['--env-file', PARAMETER_FILE]),
    ...words,
  );
}

/** Returns the profile options that a service needs. */
export function profileOptions({ profiles }: Pick<ComposeService, 'profiles'>): string[] {
  return profiles.flatMap((profile) => ['--profile', profile]);
}

/** Returns the command that starts a service or applies the current files to it. */
export async function startLine(examination: Examination, name: string): Promise<string> {
  const file = await composeServices(examination);
  const service = file.kind === 'file' ? file.services.find((one) => one.name === name) : undefined;
  return composeLine(examination, ...profileOptions(service ?? { profiles: [] }), 'up', '--detach', '--wait', name);
}
